import {
  getNamedType,
  GraphQLError,
  isCompositeType,
  Kind,
  visit,
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
const PAGE_SIZE_ARGUMENTS = ['limit', 'first'] as const;

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

/** What operations cost. It refuses those over the limit. */
export class QueryCost {
  /** Most documents are known operations, so they are priced only once. */
  private readonly fixed = new WeakMap<OperationDefinitionNode, number | null>();

  constructor(private readonly limit: number) {}

  /** What the answer costs. What is sent with the operation comes on top: one for each entry of a list. */
  of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown> | undefined,
  ): number {
    return this.fixed.get(operation) ?? this.price(schema, document, operation, variables ?? {});
  }

  /** @throws BadUserInputError (`queryTooComplex`), with the cost and the limit. */
  check(cost: number): void {
    if (cost > this.limit) {
      const figures = { cost, limit: this.limit };
      throw new BadUserInputError('queryTooComplex', { args: figures, details: figures });
    }
  }

  private price(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): number {
    // Only this operation: the other operations of the document are not executed.
    const query = { ...document, definitions: document.definitions.filter(isOrServes(operation)) };
    let cost: number;
    try {
      cost = getComplexity({ schema, query, variables, estimators: [stated, estimate] });
    } catch (error) {
      // Variables of wrong types. Execution will report all of them; this error would name only the last.
      if (isVariableError(error)) return 0;
      throw error;
    }
    if (!this.fixed.has(operation)) {
      this.fixed.set(operation, hasVariableCost(document) ? null : cost);
    }
    return cost;
  }
}

function isOrServes(operation: OperationDefinitionNode) {
  return (definition: DocumentNode['definitions'][number]): boolean =>
    definition === operation || definition.kind === 'FragmentDefinition';
}

function isVariableError(error: unknown): boolean {
  return error instanceof GraphQLError && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** Whether a variable decides how long a page is, or whether a field is included. */
function hasVariableCost(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: () => {
      found = true;
    },
    Argument: ({ name, value }) => {
      found ||=
        value.kind === 'Variable' &&
        (PAGE_SIZE_ARGUMENTS as readonly string[]).includes(name.value);
    },
  });
  return found;
}
