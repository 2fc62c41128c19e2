import type { HttpCase } from './hostile-http.ts';

const refused = (headers: Record<string, string>, status: number, code: string): HttpCase => ({
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ __typename }"}',
  },
  status,
  code,
});
const token = (text: string): HttpCase =>
  refused({ authorization: `Bearer ${text}` }, 401, 'UNAUTHENTICATED');
const encoded = (text: string): string => Buffer.from(text).toString('base64url');

/** Requests with headers as large as a request may have. */
export const HEADER_CASES: Record<string, HttpCase> = {
  'a token of nine thousand characters': token(`a.${'b'.repeat(9_000)}.c`),
  'a token behind seven thousand spaces': token(`${' '.repeat(7_000)}${'b'.repeat(7_000)}`),
  'a token of dots': token('.'.repeat(15_000)),
  'a token whose header is lists within lists': token(
    `${encoded(`${'['.repeat(2_900)}${']'.repeat(2_900)}`)}.e30.AAAA`,
  ),
  'a token whose header has a thousand members': token(
    `${encoded(JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`k${n}`, n]))))}.e30.AAAA`,
  ),
  'a token whose key id has five thousand characters': token(
    `${encoded(JSON.stringify({ alg: 'HS256', kid: 'k'.repeat(5_000) }))}.e30.AAAA`,
  ),
  'ten thousand characters in Accept': refused(
    { accept: `${'image/png;q=0.1,'.repeat(600)}image/gif` },
    406,
    'BAD_USER_INPUT',
  ),
};

/** What a client may send as `extensions.persistedQuery`. */
export const PERSISTED_FORMS: Record<string, unknown> = {
  'a hash alone': { version: 1, sha256Hash: 'a'.repeat(64) },
  'a hash of 100,000 characters': { version: 1, sha256Hash: 'a'.repeat(100_000) },
  'another version': { version: 2, sha256Hash: {} },
  'a text': 'x',
  'a list': { version: 1, sha256Hash: ['constructor'] },
};
