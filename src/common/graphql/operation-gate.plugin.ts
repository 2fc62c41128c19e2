import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GraphqlContext } from './context.js';
import type { OperationGate } from './operation-gate.js';
import { requestError } from './request-error.js';

/** Asks the gate as soon as Apollo knows the operation, before anything is executed. */
export class OperationGatePlugin implements ApolloServerPlugin<GraphqlContext> {
  private readonly listener: GraphQLRequestListener<GraphqlContext> = {
    didResolveOperation: async ({ contextValue, document, operation, request, schema }) => {
      // Apollo answers an operationName that is not in the document.
      if (!operation || !document) return;
      const { variables } = request;
      try {
        await this.gate.admit({ schema, document, operation, variables, context: contextValue });
      } catch (error) {
        throw requestError(error);
      }
    },
  };

  constructor(private readonly gate: OperationGate) {}

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }
}
