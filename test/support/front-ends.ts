import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
} from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { cacheExchange, createClient, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { ClientError, GraphQLClient } from 'graphql-request';
import { createHash } from 'node:crypto';

type Variables = Record<string, unknown>;

interface Outcome {
  data: any;
  /** The code of the first error; another failure is here unchanged. */
  code?: unknown;
}

/** A front end with its client library. */
interface FrontEnd {
  query(document: string, variables: Variables): Promise<Outcome>;
  mutate(document: string, variables: Variables): Promise<Outcome>;
  /** The HTTP methods of the client's requests, in order. */
  readonly methods: readonly string[];
}

interface Connection {
  url: string;
  token: string;
  /** Whether queries are sent by GET; as the library does by itself where it is not said. */
  get?: boolean;
  /** Whether the hash of a document is sent first. */
  persisted: boolean;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A `fetch` for the client, and a list of the methods that it was called with. */
function observed(): { methods: string[]; fetch: typeof fetch } {
  const methods: string[] = [];
  return {
    methods,
    fetch: (input, init) => {
      methods.push(init?.method ?? 'GET');
      return fetch(input, init);
    },
  };
}

export function apollo({ url, token, get, persisted }: Connection): FrontEnd {
  const { methods, fetch } = observed();
  const http = new HttpLink({
    uri: url,
    headers: { authorization: `Bearer ${token}` },
    fetch,
    ...(get !== undefined && { useGETForQueries: get && !persisted }),
  });
  const hashes = new PersistedQueryLink({
    sha256,
    ...(get !== undefined && { useGETForHashedQueries: get }),
  });
  const client = new ApolloClient({
    link: persisted ? ApolloLink.from([hashes, http]) : http,
    cache: new InMemoryCache(),
  });
  const outcome = ({ data, error }: { data?: unknown; error?: unknown }): Outcome => ({
    data,
    code: CombinedGraphQLErrors.is(error) ? error.errors[0]!.extensions?.['code'] : error,
  });
  return {
    methods,
    query: async (document, variables) =>
      outcome(await client.query({ query: gql(document), variables, errorPolicy: 'all' })),
    mutate: async (document, variables) =>
      outcome(await client.mutate({ mutation: gql(document), variables, errorPolicy: 'all' })),
  };
}

export function urql({ url, token, get, persisted }: Connection): FrontEnd {
  const { methods, fetch } = observed();
  const hashes = persistedExchange({
    ...(get !== undefined && { preferGetForPersistedQueries: get }),
    generateHash: async (text) => sha256(text),
  });
  const client = createClient({
    url,
    exchanges: [cacheExchange, ...(persisted ? [hashes] : []), fetchExchange],
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    fetch,
    ...(get !== undefined && { preferGetMethod: get }),
  });
  const outcome = ({ data, error }: { data?: any; error?: any }): Outcome => ({
    data,
    code: error?.graphQLErrors[0]?.extensions['code'] ?? error,
  });
  return {
    methods,
    query: async (document, variables) => outcome(await client.query(document, variables)),
    mutate: async (document, variables) => outcome(await client.mutation(document, variables)),
  };
}

export function graphqlRequest({ url, token, get }: Connection): FrontEnd {
  const { methods, fetch } = observed();
  const headers = { authorization: `Bearer ${token}` };
  const ask =
    (method: 'GET' | 'POST') =>
    async (document: string, variables: Variables): Promise<Outcome> => {
      const client = new GraphQLClient(url, { method, headers, fetch });
      try {
        return { data: await client.request(document, variables) };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return { data: null, code: error.response.errors?.[0]?.extensions['code'] };
      }
    };
  return { methods, query: ask(get ? 'GET' : 'POST'), mutate: ask('POST') };
}
