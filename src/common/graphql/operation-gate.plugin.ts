import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestListener,
} from '@apollo/server';
import { BadUserInputError, UnauthenticatedError } from '../errors/service-error.js';
import { currentScope } from '../http/request-scope.js';
import type { RateLimits } from '../rate-limit/rate-limits.js';
import type { GraphqlContext } from './context.js';
import type { QueryCost } from './query-cost.js';
import { requestError } from './request-error.js';
import { rootFields } from './root-fields.js';

/**
 * Stands before every operation: nobody without an identity passes, nobody too often, and nothing that costs too much.
 * Only questions about the schema itself are open to all, where introspection is.
 */
export class OperationGatePlugin implements ApolloServerPlugin<GraphqlContext> {
  private readonly listener: GraphQLRequestListener<GraphqlContext> = {
    didResolveOperation: async (request) => {
      try {
        this.admit(request);
      } catch (error) {
        throw requestError(error);
      }
    },
  };

  constructor(
    private readonly cost: QueryCost,
    private readonly limits: RateLimits,
  ) {}

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }

  private admit(request: GraphQLRequestContext<GraphqlContext>): void {
    const { contextValue, document, operation, schema } = request;
    // Apollo answers a name that the document does not have.
    if (!operation || !document) return;
    // Validation lets through an operation of a kind that the schema does not have; executing it would fail.
    if (!schema.getRootType(operation.operation)) {
      throw new BadUserInputError('syntax', { args: { problem: operation.operation } });
    }
    const { names, load } = rootFields(document, operation);
    const { identity } = contextValue;
    this.note(names, operation.name?.value, contextValue);
    if (!identity && !names.every((field) => field.startsWith('__'))) {
      throw new UnauthenticatedError();
    }
    if (this.limits.isOn) {
      // A service is no user: it acts for many, and only its address is limited.
      const userId = identity && identity.role !== 'service' ? identity.userId : null;
      this.limits.admitOperations(load, userId, currentScope()?.address);
    }
    this.cost.check(schema, document, operation, request.request.variables);
  }

  /** For the request's log line and metrics. */
  private note(
    fields: readonly string[],
    name: string | undefined,
    { identity }: GraphqlContext,
  ): void {
    const scope = currentScope();
    if (!scope) return;
    scope.rootFields = fields;
    if (name !== undefined) scope.operationName = name;
    if (identity) scope.userId = identity.userId;
  }
}
