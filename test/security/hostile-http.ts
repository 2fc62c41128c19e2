import { gzipSync } from 'node:zlib';
import { GRAPHQL_PATH } from '../../src/common/request/graphql-path.js';

const json = { 'content-type': 'application/json' };
const question = '{"query":"{ __typename }"}';
const MUTATION = encodeURIComponent('mutation { deleteUserProgress(id: "x") { success } }');

const post = (body: RequestInit['body'], headers: Record<string, string> = json): RequestInit => ({
  method: 'POST',
  headers,
  body: body ?? null,
});
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

export interface HttpCase {
  init: RequestInit;
  path?: string;
  status: number;
  /** Null: there is no body to have one. */
  code: string | null;
}

const refused = (init: RequestInit, status = 400, path?: string): HttpCase => ({
  init,
  status,
  code: status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT',
  ...(path === undefined ? {} : { path }),
});
const get = (query: string, headers: Record<string, string> = json): [RequestInit, string] => [
  { headers },
  `${GRAPHQL_PATH}?${query}`,
];

/** Requests that a client of HTTP can send. */
export const HTTP_CASES: Record<string, HttpCase> = {
  'an empty body': refused(post('')),
  'JSON cut short': refused(post('{"query":"{ __typename }"')),
  'JSON and more behind it': refused(post(`${question}${question}`)),
  'JSON with comments': refused(post('{/* */"query":"{ __typename }"}')),
  'JSON in single quotes': refused(post("{'query':'{ __typename }'}")),
  'a byte-order mark alone': refused(post('\ufeff')),
  null: refused(post('null')),
  true: refused(post('true')),
  'a number': refused(post('1e999')),
  'a text': refused(post('"{ __typename }"')),
  'a list: batching is off': refused(post(`[${question}]`)),
  'an empty list': refused(post('[]')),
  'a list of a thousand': refused(
    post(`[${Array.from({ length: 1_000 }, () => question).join()}]`),
  ),
  'lists nested a hundred thousand deep': refused(post(deep(100_000))),
  'objects nested forty thousand deep, without a query': refused(post(deepObject(40_000))),
  'an object without a query': refused(post('{}')),
  'a query that is a list': refused(post('{"query":["{ __typename }"]}')),
  'a query that is null': refused(post('{"query":null}')),
  'variables that are a list': refused(post('{"query":"{ __typename }","variables":[]}')),
  'variables that are a text': refused(post('{"query":"{ __typename }","variables":"{}"}')),
  'an operation name that is a number': refused(
    post('{"query":"{ __typename }","operationName":7}'),
  ),
  'extensions that are a text': refused(post('{"query":"{ __typename }","extensions":"x"}')),
  'a member called __proto__': refused(
    post('{"query":"{ __typename }","__proto__":{"admin":true}}'),
  ),
  '__proto__ deep within variables': refused(
    post('{"query":"{ __typename }","variables":{"a":{"__proto__":{"admin":true}}}}'),
  ),
  'constructor.prototype': refused(
    post('{"query":"{ __typename }","variables":{"constructor":{"prototype":{"admin":true}}}}'),
  ),
  'bytes that are not UTF-8': refused(post(Buffer.from([0x22, 0xff, 0xfe, 0x22]))),
  'an overlong encoding': refused(
    post(
      Buffer.concat([
        Buffer.from('{"query":"{ __typename }","a":"'),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from('"}'),
      ]),
    ),
  ),
  'a surrogate encoded as bytes': refused(
    post(
      Buffer.concat([
        Buffer.from('{"query":"'),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('"}'),
      ]),
    ),
  ),
  'UTF-16': refused(post(Buffer.from(question, 'utf16le'))),
  'compressed JSON that says so': refused(
    post(gzipSync(question), { ...json, 'content-encoding': 'gzip' }),
  ),
  'a body over the limit': refused(post(JSON.stringify({ query: 'x'.repeat(300_000) })), 413),
  'a body far over the limit': refused(post(JSON.stringify({ query: 'x'.repeat(5_000_000) })), 413),

  'no content type': refused(post(Buffer.from(question), {}), 415),
  'plain text': refused(post(question, { 'content-type': 'text/plain' }), 415),
  'a form': refused(
    post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
  ),
  'a form with files': refused(
    post('x', { 'content-type': 'multipart/form-data; boundary=x' }),
    415,
  ),
  'application/graphql': refused(
    post('{ __typename }', { 'content-type': 'application/graphql' }),
    415,
  ),
  XML: refused(
    post('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>', {
      'content-type': 'text/xml',
    }),
    415,
  ),
  'a content type that only begins like JSON': refused(
    post(question, { 'content-type': 'application/jsonp' }),
    415,
  ),
  'a content type that is nonsense': refused(post(question, { 'content-type': ';;;' }), 415),

  'a mutation by GET': refused(get(`query=${MUTATION}`)[0], 405, get(`query=${MUTATION}`)[1]),
  'a query that another site could have a browser GET': refused(
    ...swap(get('query={__typename}', {})),
  ),
  'GET without a query': refused(...swap(get(''))),
  'GET with broken variables': refused(...swap(get('query={__typename}&variables={'))),
  'GET with __proto__ for variables': refused(
    ...swap(
      get('query=query($a:Int!){__typename}&variables={"__proto__":{"a":1}}', {
        ...json,
        accept: 'application/graphql-response+json',
      }),
    ),
  ),
  PUT: refused({ method: 'PUT', headers: json, body: question }, 404),
  PATCH: refused({ method: 'PATCH', headers: json, body: question }, 404),
  DELETE: refused({ method: 'DELETE' }, 404),
  OPTIONS: refused({ method: 'OPTIONS' }),
  'another address': refused({}, 404, '/userProgress/admin'),
  'an address above': refused({}, 404, '/userProgress/%2e%2e/%2e%2e/etc/passwd'),
  'an address that cannot be decoded': refused({}, 400, '/%zz'),

  'an Accept that nothing satisfies': refused(
    post(question, { ...json, accept: 'image/png' }),
    406,
  ),
  'an Accept that refuses everything': refused(post(question, { ...json, accept: '*/*;q=0' }), 406),
  'an Accept for pages': refused(post(question, { ...json, accept: 'text/html' }), 406),
};

function swap([init, path]: [RequestInit, string]): [RequestInit, number, string] {
  return [init, 400, path];
}

const head = (...lines: string[]): string =>
  [`POST ${GRAPHQL_PATH} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', ''].join('\r\n');
const jsonHead = (...lines: string[]): string => head('Content-Type: application/json', ...lines);

export interface RawCase {
  bytes: string | Buffer;
  /** Null: the connection just ends. */
  status: number | null;
}

/** Requests that only a socket can send: shapes that two servers could read differently, and no HTTP at all. */
export const RAW_CASES: Record<string, RawCase> = {
  ...Object.fromEntries(
    ['', '[', 'a b', 'x:99999', 'a/b', '%', '../x', 'x@y:z', '"><script>'].map(
      (host): [string, RawCase] => [
        `a Host that is none: ${host}`,
        {
          bytes: `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
          status: 400,
        },
      ],
    ),
  ),
  'Content-Length and Transfer-Encoding': {
    bytes: `${jsonHead('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`,
    status: 400,
  },
  'Transfer-Encoding twice': {
    bytes: `${jsonHead('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')}0\r\n\r\n`,
    status: 400,
  },
  'Transfer-Encoding: xchunked': {
    bytes: `${jsonHead('Transfer-Encoding: xchunked')}0\r\n\r\n`,
    status: 400,
  },
  'Transfer-Encoding: chunked, identity': {
    bytes: `${jsonHead('Transfer-Encoding: chunked, identity')}0\r\n\r\n`,
    status: 400,
  },
  'a space before the colon': {
    bytes: `${jsonHead('Transfer-Encoding : chunked')}0\r\n\r\n`,
    status: 400,
  },
  'two Content-Lengths': {
    bytes: `${jsonHead('Content-Length: 1', 'Content-Length: 2')}xx`,
    status: 400,
  },
  'a list of Content-Lengths': { bytes: `${jsonHead('Content-Length: 1, 1')}x`, status: 400 },
  'a negative Content-Length': { bytes: jsonHead('Content-Length: -1'), status: 400 },
  'a Content-Length with a sign': { bytes: `${jsonHead('Content-Length: +2')}{}`, status: 400 },
  'a Content-Length beyond all numbers': {
    bytes: jsonHead('Content-Length: 99999999999999999999'),
    status: 400,
  },
  'a Content-Length beyond the limit': {
    bytes: jsonHead('Content-Length: 999999999'),
    status: 413,
  },
  'a chunk size that is none': {
    bytes: `${jsonHead('Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
    status: 400,
  },
  'a chunk size beyond all numbers': {
    bytes: `${jsonHead('Transfer-Encoding: chunked')}ffffffffffffffffff\r\n`,
    status: 400,
  },
  'chunks beyond the limit': {
    bytes: `${jsonHead('Transfer-Encoding: chunked')}${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(5)}0\r\n\r\n`,
    status: 413,
  },
  'a chunk with large extensions': {
    bytes: `${jsonHead('Transfer-Encoding: chunked')}2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    status: 413,
  },
  'a folded header': {
    bytes: `${jsonHead('X-Folded: a\r\n b', 'Content-Length: 2')}{}`,
    status: 400,
  },
  'a NUL in a header': {
    bytes: `${jsonHead('X-Nul: a\u0000b', 'Content-Length: 2')}{}`,
    status: 400,
  },
  'a carriage return alone': {
    bytes: `${jsonHead('X-Return: a\rb: c', 'Content-Length: 2')}{}`,
    status: 400,
  },
  'no Host': { bytes: `GET ${GRAPHQL_PATH} HTTP/1.1\r\nConnection: close\r\n\r\n`, status: 400 },
  'headers over the limit': { bytes: head(`X-Large: ${'x'.repeat(20_000)}`), status: 431 },
  'many small headers over the limit': {
    bytes: head(...Array.from({ length: 1_500 }, (_, index) => `X-${index}: ${'y'.repeat(10)}`)),
    status: 431,
  },
  'an address over the limit': {
    bytes: `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    status: 431,
  },
  'an unknown method': { bytes: `BREW ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\n\r\n`, status: 400 },
  CONNECT: { bytes: 'CONNECT internal:5432 HTTP/1.1\r\nHost: internal:5432\r\n\r\n', status: null },
  TRACE: {
    bytes: `TRACE ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    status: 404,
  },
  'HTTP/0.9': { bytes: `GET ${GRAPHQL_PATH}\r\n\r\n`, status: 400 },
  'HTTP/9.9': { bytes: `GET ${GRAPHQL_PATH} HTTP/9.9\r\nHost: x\r\n\r\n`, status: 400 },
  'the preface of HTTP/2': { bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400 },
  'the beginning of TLS': {
    bytes: Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00, 0x0a]),
    status: 400,
  },
  'two Authorization headers': {
    bytes: `${jsonHead('Authorization: Bearer a.b.c', 'Authorization: Bearer d.e.f', `Content-Length: ${question.length}`)}${question}`,
    status: 401,
  },
};

export interface SlowCase {
  bytes: string;
  drip: string;
  /** Milliseconds: the connection is ended no later. */
  within: number;
}

/** Requests that never end. */
export const SLOW_CASES: Record<string, SlowCase> = {
  'headers one by one': {
    bytes: `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\n`,
    drip: 'X-A: b\r\n',
    within: 9_000,
  },
  'a body byte by byte': { bytes: jsonHead('Content-Length: 100000'), drip: ' ', within: 14_000 },
  'chunk by chunk': {
    bytes: jsonHead('Transfer-Encoding: chunked'),
    drip: '1\r\n \r\n',
    within: 14_000,
  },
};
