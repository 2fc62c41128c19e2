import { Inject, Injectable } from '@nestjs/common';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { BadUserInputError, UnauthenticatedError } from '../errors/service-error.js';
import { currentScope, type RequestScope } from '../request/request-scope.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import type { GraphqlContext } from './context.js';
import { QueryCost } from './query-cost.js';
import { rootFields } from './root-fields.js';

/** An operation, and who asks for it. */
export interface Entrance {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown> | undefined;
  readonly context: GraphqlContext;
}

/**
 * Stands before every operation: nobody without an identity passes, nobody too often, and nothing that costs too much.
 * Only questions about the schema itself are open to all, where introspection is.
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
   * Each request is judged once: asked again, the gate says the same, and counts nothing.
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
    // Validation lets through an operation of a kind that the schema does not have; executing it would fail.
    if (!schema.getRootType(operation.operation)) {
      throw new BadUserInputError('syntax', { args: { problem: operation.operation } });
    }
    const { names, load } = rootFields(document, operation);
    const { identity } = context;
    if (scope) note(scope, names, operation.name?.value, context);
    if (!identity && !names.every((field) => field.startsWith('__'))) {
      throw new UnauthenticatedError();
    }
    if (this.limits.isOn) {
      // A service is no user: it acts for many, and only its address is limited.
      const userId = identity && identity.role !== 'service' ? identity.userId : null;
      this.limits.admitOperations(load, userId, scope?.address);
    }
    this.cost.check(schema, document, operation, variables);
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
