import { Logger } from '@nestjs/common';
import { exportJWK, generateKeyPair } from 'jose';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest';
import {
  edgeEnvironment,
  startKeyServer,
  waitFor,
  type KeyServer,
} from '../../../test/for-specs.ts';
import { keyFetches } from './auth.metrics.js';
import { TokenVerifier } from './token-verifier.js';

const MINUTE = 60;
const DAY = 86_400;
const me = { userId: 'me', role: 'user' };
const clock = performance.now.bind(performance);

let passed: number;
/** Makes everything that is remembered older. */
const pass = (seconds: number): void => void (passed += seconds * 1_000);
let server: KeyServer;
let verifier: TokenVerifier;
let warn: MockInstance<Logger['warn']>;

beforeEach(async () => {
  passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock() + passed);
  warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  vi.spyOn(Logger.prototype, 'log').mockReturnValue();
  server = await startKeyServer();
  await server.publish('k1');
  verifier = new TokenVerifier(edgeEnvironment({ JWKS_URL: server.url }));
});
afterEach(() => server.close());

const verdict = async (token: string): Promise<unknown> => {
  try {
    return await verifier.verify(token);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
const failures = async (): Promise<number> =>
  (await keyFetches.get()).values.find(({ labels }) => labels.outcome === 'failed')?.value ?? 0;

it('a token that was seen before is refused within five minutes after its key was withdrawn', async () => {
  const token = await server.sign('k1');
  expect(await verdict(token)).toEqual(me);
  await server.publish('k2');
  server.published.delete('k1');
  for (let minute = 0; minute < 4; minute += 1) {
    pass(MINUTE);
    await verdict(token);
  }
  pass(MINUTE);
  expect(await verdict(token)).toBe('UNAUTHENTICATED');
});

it('a withdrawn key is found out while its tokens go on being used, not only when they are verified again', async () => {
  const token = await server.sign('k1');
  expect(await verdict(token)).toEqual(me);
  await server.publish('k2');
  server.published.delete('k1');
  pass(MINUTE + 1);
  await waitFor(async () => (await verdict(token)) === 'UNAUTHENTICATED', {
    message: 'the token is refused',
  });
});

it('a token that nobody used for five minutes is refused at its next use when its key was withdrawn', async () => {
  const token = await server.sign('k1');
  expect(await verdict(token)).toEqual(me);
  await server.publish('k2');
  server.published.delete('k1');
  pass(5 * MINUTE);
  expect(await verdict(token)).toBe('UNAUTHENTICATED');
});

it('a key that takes another’s id ends the tokens of the old one', async () => {
  const token = await server.sign('k1');
  expect(await verdict(token)).toEqual(me);
  await server.publish('k1');
  pass(5 * MINUTE);
  expect(await verdict(token)).toBe('UNAUTHENTICATED');
  expect(await verdict(await server.sign('k1'))).toEqual(me);
});

it('tokens of a new key are good beside those of the old one', async () => {
  const before = await server.sign('k1');
  expect(await verdict(before)).toEqual(me);
  await server.publish('k2');
  pass(MINUTE / 2 + 1);
  expect(await verdict(await server.sign('k2', { sub: 'another' }))).toMatchObject({
    userId: 'another',
  });
  expect(await verdict(before)).toEqual(me);
});

it('keys are asked for once a minute at most, however many tokens are used', async () => {
  const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => server.sign('k1', { sub })));
  for (let use = 0; use < 20; use += 1) await Promise.all(tokens.map(verdict));
  expect(server.asked).toBe(1);
  pass(MINUTE + 1);
  for (let use = 0; use < 20; use += 1) await Promise.all(tokens.map(verdict));
  await waitFor(() => server.asked === 2, { message: 'the keys were fetched again' });
  expect(server.asked).toBe(2);
});

const json = { 'content-type': 'application/json' };
const sending =
  (text: string): RequestListener =>
  (_request, response) =>
    response.writeHead(200, json).end(text);
const keys = (...list: unknown[]): string => JSON.stringify({ keys: list });
let written = 0;

const USELESS: [string, () => RequestListener | Promise<RequestListener>][] = [
  ['an empty list', () => sending(keys())],
  ['a list of nothing', () => sending(keys(null, 7, 'k1', [], {}))],
  ['no list', () => sending('{"error":"down for maintenance"}')],
  ['a page', () => sending('<!doctype html>')],
  ['nothing', () => sending('')],
  ['a shared secret', () => sending(keys({ kty: 'oct', k: 'c2VjcmV0', kid: 'k1' }))],
  ['a key to encrypt with', () => sending(keys({ ...server.published.get('k1'), use: 'enc' }))],
  [
    'a key of another curve',
    async () => sending(keys(await exportJWK((await generateKeyPair('ES384')).publicKey))),
  ],
  ['a key that is none', () => sending(keys({ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'k1' }))],
  [
    'more keys than there can be',
    () => sending(keys(...Array.from({ length: 1_000 }, () => server.published.get('k1')))),
  ],
  [
    'a redirect',
    () => (_request, response) => response.writeHead(302, { location: server.url }).end(),
  ],
  ['an error', () => (_request, response) => response.writeHead(503).end()],
  ['a closed connection', () => (request) => request.socket.destroy()],
  [
    '200 MB',
    () => (_request, response) => {
      written = 0;
      response.writeHead(200, json);
      const chunk = Buffer.alloc(65_536, ' ');
      const more = (): void => {
        while (written < 200e6 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    },
  ],
  [
    'compressed megabytes',
    () => (_request, response) =>
      response
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(50_000_000, ' '))),
  ],
];

it.each(USELESS)(
  'the keys stay, and operators are told, when the key server answers with %s',
  async (_answer, make) => {
    const token = await server.sign('k1');
    expect(await verdict(token)).toEqual(me);
    const before = await failures();
    server.answer = await make();
    pass(5 * MINUTE);
    expect(await verdict(token)).toEqual(me);
    expect(await verdict(await server.sign('k1', { sub: 'another' }))).toMatchObject({
      userId: 'another',
    });
    expect((await failures()) - before).toBe(1);
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ msg: 'the keys of tokens could not be fetched', kept: true }),
    );
    expect(written).toBeLessThan(20e6);

    server.answer = null;
    await server.publish('k2');
    pass(5 * MINUTE);
    expect(await verdict(await server.sign('k2'))).toEqual(me);
  },
);

it('an answer that comes byte by byte is given up after seconds, and nobody waits for the next one', async () => {
  const token = await server.sign('k1');
  expect(await verdict(token)).toEqual(me);
  server.answer = (_request, response) => {
    response.writeHead(200, json);
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  };
  pass(5 * MINUTE);
  const begun = clock();
  expect(await verdict(token)).toEqual(me);
  expect(clock() - begun).toBeLessThan(6_000);
  pass(MINUTE);
  const again = clock();
  expect(await verdict(await server.sign('k1', { sub: 'another' }))).toMatchObject({
    userId: 'another',
  });
  expect(clock() - again).toBeLessThan(1_500);
});

it('keys that could not be fetched again for a day are used no longer', async () => {
  const token = await server.sign('k1', { exp: Math.floor(Date.now() / 1_000) + 3 * DAY });
  expect(await verdict(token)).toEqual(me);
  server.answer = sending(keys());
  pass(DAY - MINUTE);
  expect(await verdict(token)).toEqual(me);
  pass(5 * MINUTE);
  expect(await verdict(token)).toBe('SERVICE_UNAVAILABLE');
  server.answer = null;
  pass(2);
  expect(await verdict(token)).toEqual(me);
});

it('other kinds of keys in the list harm nobody', async () => {
  const rsa = await generateKeyPair('RS256', { extractable: true });
  server.published.set('secret', { kty: 'oct', k: 'c2VjcmV0' });
  server.published.set('encrypt', { ...(await exportJWK(rsa.publicKey)), use: 'enc' });
  server.published.set('broken', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' });
  expect(await verdict(await server.sign('k1'))).toEqual(me);
});
