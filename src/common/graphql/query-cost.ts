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
export const OPERATION_COST = 10;
/** Arguments that say how many entries a page may have. */
const PAGE_SIZE_ARGUMENTS = ['limit', 'first'];
/** Arguments that decide what an operation costs: those, and what an operation reads that states its cost itself. */
export const PRICED_ARGUMENTS: readonly string[] = [...PAGE_SIZE_ARGUMENTS, 'firstSeconds'];

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
const REMEMBERED_MAXIMUM = 16;
/** Longer values are not remembered. */
const VALUES_MAXIMUM = 64;

/** What an operation costs, by the variables that decide it. */
interface Prices {
  readonly variables: readonly string[];
  readonly byValues: Map<string, number>;
}

/** What operations cost. It refuses those over the limit. */
export class QueryCost {
  /** Most documents are known operations, so they are priced only once, or once for each size of a page. */
  private readonly prices = new WeakMap<OperationDefinitionNode, Prices>();

  constructor(private readonly limit: number) {}

  /** What the answer costs. What is sent with the operation comes on top: one for each entry of a list. */
  of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown> | undefined,
  ): number {
    const given = variables ?? {};
    const prices = this.pricesOf(document, operation);
    const values = valuesOf(prices.variables, given);
    const known = values === null ? undefined : prices.byValues.get(values);
    if (known !== undefined) return known;
    const cost = this.price(schema, document, operation, given);
    // Variables of wrong types. Execution will report all of them; this error would name only the last.
    if (cost === null) return 0;
    if (values !== null && prices.byValues.size < REMEMBERED_MAXIMUM) {
      prices.byValues.set(values, cost);
    }
    return cost;
  }

  /** @throws BadUserInputError (`queryTooComplex`), with the cost and the limit. */
  check(cost: number): void {
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

  /** @returns null for variables of wrong types */
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

/** The variables that decide how much is read, or whether a field is included. */
function decidingVariables(document: DocumentNode): string[] {
  const found = new Set<string>();
  const note = ({ value }: ArgumentNode): void => {
    if (value.kind === Kind.VARIABLE) found.add(value.name.value);
  };
  visit(document, {
    Directive: ({ arguments: given }) => given?.forEach(note),
    Argument: (argument) => {
      if (PRICED_ARGUMENTS.includes(argument.name.value)) note(argument);
    },
  });
  return [...found];
}

/** The values as one text; null when it is too long, or when one of them has a wrong type. */
function valuesOf(names: readonly string[], variables: Record<string, unknown>): string | null {
  const values = names.map((name) => variables[name]);
  if (!values.every(isSimple)) return null;
  const text = values.map(String).join();
  return text.length > VALUES_MAXIMUM ? null : text;
}

/** Whether it may be the size of a page, or a condition; null and what is missing are the default. */
const isSimple = (value: unknown): boolean =>
  value === null || ['number', 'boolean', 'undefined'].includes(typeof value);
