import { Inject, Injectable } from '@nestjs/common';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { BadUserInputError, UnauthenticatedError } from '../errors/service-error.js';
import { currentScope, type RequestScope } from '../request/request-scope.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import type { GraphqlContext } from './context.js';
import { QueryCost } from './query-cost.js';
import { rootFields } from './root-fields.js';
import { sentEntries } from './sent-entries.js';

/** An operation, and the context of its request. */
export interface Entrance {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown> | undefined;
  readonly context: GraphqlContext;
}

/**
 * Decides whether an operation may run. It refuses requests without an identity, over a rate limit, or over the cost
 * limit. Questions about the schema itself need no identity, where introspection is on.
 */
@Injectable()
export class OperationGate {
  private readonly cost: QueryCost;

  constructor(
    private readonly limits: RateLimits,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.cost = new QueryCost(environment.QUERY_COST_LIMIT);
  }

  /**
   * Judges each request once. A second call gives the same result and counts nothing.
   * @throws BadUserInputError, UnauthenticatedError, RateLimitedError
   */
  admit(entrance: Entrance): void {
    const scope = currentScope();
    const judgement = scope?.judgement ?? this.judge(entrance, scope);
    if (scope) scope.judgement = judgement;
    if (judgement !== 'admitted') throw judgement.refused;
  }

  private judge(
    entrance: Entrance,
    scope: RequestScope | undefined,
  ): NonNullable<RequestScope['judgement']> {
    try {
      this.examine(entrance, scope);
      return 'admitted';
    } catch (refused) {
      return { refused };
    }
  }

  private examine(
    { schema, document, operation, variables, context }: Entrance,
    scope: RequestScope | undefined,
  ): void {
    // Validation accepts an operation type that the schema does not have. Executing it would fail.
    if (!schema.getRootType(operation.operation)) {
      throw new BadUserInputError('syntax', { args: { problem: operation.operation } });
    }
    const { names, load, sent } = rootFields(document, operation);
    const { identity } = context;
    if (scope) note(scope, names, operation.name?.value, context);
    if (!identity && !names.every((field) => field.startsWith('__'))) {
      throw new UnauthenticatedError();
    }
    const cost =
      this.cost.of(schema, document, operation, variables) + sentEntries(sent, variables);
    if (this.limits.isOn) {
      // A service acts for many users, so it has no limit per user, only one per address.
      const userId = identity && identity.role !== 'service' ? identity.userId : null;
      this.limits.admitOperations(load, cost, userId, scope?.address);
    }
    this.cost.check(cost);
  }
}

/** For the request's log line and metrics. */
function note(
  scope: RequestScope,
  fields: readonly string[],
  name: string | undefined,
  { identity }: GraphqlContext,
): void {
  scope.rootFields = fields;
  if (name !== undefined) scope.operationName = name;
  if (identity) scope.userId = identity.userId;
}
