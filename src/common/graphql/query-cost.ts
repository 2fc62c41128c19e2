import {
  getNamedType,
  GraphQLError,
  isCompositeType,
  Kind,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  type ComplexityEstimator,
} from 'graphql-query-complexity';
import { BadUserInputError } from '../errors/service-error.js';
import { PAGE_SIZE_DEFAULT } from './page-size.js';

/** The cost of asking for one operation, whatever it returns: about one statement. */
const OPERATION_COST = 10;
/** Arguments that say how many entries a page may have. */
export const PAGE_SIZE_ARGUMENTS = ['limit', 'first'] as const;

/** An operation that costs more than that says so itself (`complexity`). */
const stated = fieldExtensionsEstimator();

/**
 * Ten for each operation, and one for each object that it may return. An object in a page counts once for each entry of
 * the page.
 */
const estimate: ComplexityEstimator = ({ args, childComplexity, field, type }) => {
  const itself = isCompositeType(getNamedType(field.type)) ? 1 : 0;
  const base = type.name === 'Query' || type.name === 'Mutation' ? OPERATION_COST : itself;
  return base + pageSize(args) * childComplexity;
};

function pageSize(args: Record<string, unknown>): number {
  const sizes = PAGE_SIZE_ARGUMENTS.map((name) => args[name]);
  const size = sizes.find((value) => value !== undefined);
  // Null means the default size. Without its cost, null would bypass the limit.
  if (size === null) return PAGE_SIZE_DEFAULT;
  return typeof size === 'number' ? Math.max(1, size) : 1;
}

/** Values of variables for which an operation's cost is remembered: pages have few sizes. */
const REMEMBERED_MAXIMUM = 128;

/** What an operation costs, by the variables that decide it. */
interface Prices {
  readonly variables: readonly string[];
  readonly byValues: Map<string, number>;
}

/** Refuses operations whose cost is over the limit. */
export class QueryCost {
  /** Documents come from a cache. Most of them are priced once, or once for each size of a page. */
  private readonly prices = new WeakMap<OperationDefinitionNode, Prices>();

  constructor(private readonly limit: number) {}

  /** @throws BadUserInputError (`queryTooComplex`), with the cost and the limit. */
  check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown> | undefined,
  ): void {
    const given = variables ?? {};
    const prices = this.pricesOf(document, operation);
    const values = valuesOf(prices.variables, given);
    const known = values === null ? undefined : prices.byValues.get(values);
    const cost = known ?? this.price(schema, document, operation, given);
    if (cost === null) return;
    if (known === undefined && values !== null && prices.byValues.size < REMEMBERED_MAXIMUM) {
      prices.byValues.set(values, cost);
    }
    if (cost > this.limit) {
      const figures = { cost, limit: this.limit };
      throw new BadUserInputError('queryTooComplex', { args: figures, details: figures });
    }
  }

  private pricesOf(document: DocumentNode, operation: OperationDefinitionNode): Prices {
    let prices = this.prices.get(operation);
    if (!prices) {
      prices = { variables: decidingVariables(document), byValues: new Map() };
      this.prices.set(operation, prices);
    }
    return prices;
  }

  /**
   * @returns null for variables of wrong types. Execution will report all of them; this error would name only the last.
   */
  private price(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): number | null {
    // Only this operation: the other operations of the document are not executed.
    const query = { ...document, definitions: document.definitions.filter(isOrServes(operation)) };
    try {
      return getComplexity({ schema, query, variables, estimators: [stated, estimate] });
    } catch (error) {
      if (isVariableError(error)) return null;
      throw error;
    }
  }
}

function isOrServes(operation: OperationDefinitionNode) {
  return (definition: DocumentNode['definitions'][number]): boolean =>
    definition === operation || definition.kind === 'FragmentDefinition';
}

function isVariableError(error: unknown): boolean {
  return error instanceof GraphQLError && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** The variables that decide how long a page is, or whether a field is included. */
function decidingVariables(document: DocumentNode): string[] {
  const found = new Set<string>();
  const note = ({ value }: ArgumentNode): void => {
    if (value.kind === Kind.VARIABLE) found.add(value.name.value);
  };
  visit(document, {
    Directive: ({ arguments: given }) => given?.forEach(note),
    Argument: (argument) => {
      if ((PAGE_SIZE_ARGUMENTS as readonly string[]).includes(argument.name.value)) note(argument);
    },
  });
  return [...found];
}

/** The values as one text; null when one of them has a wrong type. */
function valuesOf(names: readonly string[], variables: Record<string, unknown>): string | null {
  const values = names.map((name) => variables[name]);
  return values.every(isSimple) ? values.map(String).join() : null;
}

/** Whether it may be the size of a page, or a condition; null and what is missing are the default. */
const isSimple = (value: unknown): boolean =>
  value === null || ['number', 'boolean', 'undefined'].includes(typeof value);
