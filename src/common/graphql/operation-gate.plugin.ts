import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestListener,
} from '@apollo/server';
import { UnauthenticatedError } from '../errors/service-error.js';
import { currentScope } from '../http/request-scope.js';
import type { GraphqlContext } from './context.js';
import type { QueryCost } from './query-cost.js';
import { requestError } from './request-error.js';
import { rootFields } from './root-fields.js';

/**
 * Stands before every operation: nobody without an identity passes, and nothing that costs too much.
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

  constructor(private readonly cost: QueryCost) {}

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }

  private admit(request: GraphQLRequestContext<GraphqlContext>): void {
    const { contextValue, document, operation, schema } = request;
    // Apollo answers a name that the document does not have.
    if (!operation || !document) return;
    const fields = rootFields(document, operation);
    this.note(fields, operation.name?.value, contextValue);
    if (!contextValue.identity && !fields.every((field) => field.startsWith('__'))) {
      throw new UnauthenticatedError();
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
