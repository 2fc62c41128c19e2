import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestListener,
} from '@apollo/server';
import Negotiator from 'negotiator';

const RESPONSE_TYPES = ['application/json', 'application/graphql-response+json'];

/**
 * GraphQL over HTTP asks for status 200 when a client that accepts `application/json` sends a well-formed request, even
 * if its document or variables are invalid: such clients read the body, not the status. Clients that accept
 * `application/graphql-response+json` get 400.
 */
export class JsonClientStatusPlugin implements ApolloServerPlugin {
  private readonly listener: GraphQLRequestListener<object> = {
    willSendResponse: async ({ request, response, source }: GraphQLRequestContext<object>) => {
      const isDocumentRefused = response.http.status === 400 && source !== undefined;
      if (isDocumentRefused && takesPlainJson(request.http?.headers.get('accept'))) {
        response.http.status = 200;
      }
    },
  };

  async requestDidStart(): Promise<GraphQLRequestListener<object>> {
    return this.listener;
  }
}

function takesPlainJson(accept: string | undefined): boolean {
  return new Negotiator({ headers: { accept } }).mediaType(RESPONSE_TYPES) === RESPONSE_TYPES[0];
}
