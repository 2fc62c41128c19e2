import { ENDPOINT } from '../config.ts';
import type { TypedDocumentString } from '../gql/graphql.ts';
import { current } from '../i18n/language.ts';
import { learnTime } from '../session/clock.ts';
import { tellProblem } from '../session/host.ts';
import { refuse, token } from '../session/session.ts';
import { FORBIDDEN, Problem, UNAUTHENTICATED, UNREACHABLE } from './problem.ts';
import { missed, reached } from './reach.ts';

/** Longer than the service takes for anything; a connection that died says nothing by itself. */
const PATIENCE_MS = 20_000;

interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/**
 * Asks the service. A client library would be a quarter of the page, for a cache that figures do not want.
 * @throws Problem
 */
export async function ask<Data, Variables extends object>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const asking = token.peek();
  const { data, errors } = await shared<Data>(String(document), variables, asking);
  if (data && !errors) return data;
  const [first] = errors ?? [];
  const { code = UNREACHABLE, state } = first?.extensions ?? {};
  if (code === UNAUTHENTICATED) refuse(asking);
  if (code === FORBIDDEN) tellProblem(FORBIDDEN);
  throw new Problem(String(code), first?.message ?? '', state);
}

/** What is under way; parts of a page that want the same ask once. */
const underWay = new Map<string, Promise<Answer<unknown>>>();

function shared<Data>(
  query: string,
  variables: object,
  asking: string | null,
): Promise<Answer<Data>> {
  const key = JSON.stringify([query, variables, asking, current.peek().language]);
  const found = underWay.get(key) ?? send<Data>(query, variables, asking);
  underWay.set(key, found);
  void found.finally(() => underWay.delete(key));
  return found as Promise<Answer<Data>>;
}

async function send<Data>(
  query: string,
  variables: object,
  asking: string | null,
): Promise<Answer<Data>> {
  try {
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${asking}`,
        'content-type': 'application/json',
        'x-lang': current.peek().language,
      },
      body: JSON.stringify({ query, variables }),
    });
    learnTime(response);
    // A gateway in front may refuse as well, in another form.
    const isRefused = response.status === 401;
    const answer = isRefused ? REFUSED : ((await response.json()) as Answer<Data>);
    reached();
    return answer;
  } catch {
    missed();
    return {};
  }
}

const REFUSED = { errors: [{ message: '', extensions: { code: UNAUTHENTICATED } }] };
