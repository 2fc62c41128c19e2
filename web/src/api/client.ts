import { Client, fetchExchange, type CombinedError } from '@urql/core';
import { ENDPOINT } from '../config.ts';
import type { TypedDocumentString } from '../gql/graphql.ts';
import { current } from '../i18n/language.ts';
import { learnTime } from '../session/clock.ts';
import { refuse, token } from '../session/session.ts';

/** Why there are no figures. */
export class Problem extends Error {
  constructor(
    /** The service's code; `UNREACHABLE` where it did not answer. */
    readonly code: string,
    /** In the reader's language, of the service; empty where it did not answer. */
    message: string,
    /** `NOT_BUILT`: the figures are still being built. */
    readonly state: unknown,
  ) {
    super(message);
  }
}

const client = new Client({
  url: ENDPOINT,
  exchanges: [fetchExchange],
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetch: async (input, init) => {
    const response = await fetch(input, init);
    learnTime(response);
    return response;
  },
  fetchOptions: () => ({
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      authorization: `Bearer ${token.peek()}`,
      'x-lang': current.peek().language,
    },
  }),
});

/** @throws Problem */
export async function ask<Data, Variables extends object>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const asking = token.peek();
  const { data, error } = await client.query<Data>(String(document), variables).toPromise();
  if (!error && data) return data;
  const problem = problemOf(error);
  if (problem.code === 'UNAUTHENTICATED') refuse(asking);
  throw problem;
}

function problemOf(error: CombinedError | undefined): Problem {
  const [first] = error?.graphQLErrors ?? [];
  if (first)
    return new Problem(String(first.extensions['code']), first.message, first.extensions['state']);
  const { status } = (error?.response ?? {}) as Partial<Response>;
  return new Problem(status === 401 ? 'UNAUTHENTICATED' : 'UNREACHABLE', '', undefined);
}
