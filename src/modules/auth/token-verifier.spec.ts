import {
  base64url,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { edgeEnvironment, signToken, TEST_SECRET } from '../../../test/for-specs.ts';
import { TokenVerifier } from './token-verifier.js';

const now = (): number => Math.floor(Date.now() / 1_000);
const secret = new TextEncoder().encode(TEST_SECRET);
const claims = (overrides: JWTPayload = {}): JWTPayload => ({
  sub: 'me',
  role: 'user',
  exp: now() + 60,
  ...overrides,
});

const signed = (
  payload: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key: Uint8Array = secret,
): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256', ...header }).sign(key);

/** A token of any form: jose itself would refuse to make these. */
const forged = (header: object, payload: object, signature = ''): string =>
  [header, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.') +
  `.${signature}`;

const refused = { code: 'UNAUTHENTICATED' };

describe('a token signed with the shared secret', () => {
  const verifier = new TokenVerifier(edgeEnvironment({ AUTH_ROLE: 'token' }));

  it.each(['admin', 'instructor', 'user', 'service'])(
    'speaks for its subject, as %s',
    async (role) => {
      expect(await verifier.verify(await signToken({ sub: 'me', role }))).toEqual({
        userId: 'me',
        role,
      });
    },
  );

  it('is not verified a second time, and still ends when it expires', async () => {
    const token = await signToken({ sub: 'me', role: 'user', exp: now() + 60 });
    await verifier.verify(token);
    expect(verifier.verify(token)).toEqual({ userId: 'me', role: 'user' });
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    expect(() => verifier.verify(token)).toThrow(
      expect.objectContaining({ messageKey: 'tokenExpired' }),
    );
  });
  afterEach(() => vi.useRealTimers());

  it.each<[string, () => Promise<string> | string]>([
    ['has expired', () => signed(claims({ exp: now() - 1 }))],
    ['never expires', () => signed(claims({ exp: undefined }))],
    [
      'expires at a time that is no number',
      () => signed(claims({ exp: 'tomorrow' as unknown as number })),
    ],
    ['is not valid yet', () => signed(claims({ nbf: now() + 60 }))],
    ['has no subject', () => signed(claims({ sub: undefined }))],
    ['has an empty subject', () => signed(claims({ sub: '' }))],
    ['has a number for a subject', () => signed(claims({ sub: 7 as unknown as string }))],
    ['has a subject that is no id', () => signed(claims({ sub: 'a.*.>' }))],
    ['has an unknown role', () => signed(claims({ role: 'root' }))],
    ['has no role', () => signed(claims({ role: undefined }))],
    ['has several roles', () => signed(claims({ role: ['user', 'admin'] }))],
    [
      'is signed with another secret',
      () => signed(claims(), {}, new TextEncoder().encode('x'.repeat(32))),
    ],
    ['is signed with an empty secret', () => forged({ alg: 'HS256' }, claims(), 'AAAA')],
    ['is signed with another algorithm', () => signed(claims(), { alg: 'HS512' })],
    ...['none', 'None', 'NONE', 'nOnE'].map((alg): [string, () => string] => [
      `says alg ${alg}`,
      () => forged({ alg }, claims()),
    ]),
    ['says alg none, with a signature', () => forged({ alg: 'none' }, claims(), 'AAAA')],
    [
      'brings its own key',
      () => signed(claims(), { jwk: { kty: 'oct', k: base64url.encode(secret) } as object }),
    ],
    [
      'says where its key is (jku)',
      () => signed(claims(), { jku: 'https://attacker.example/keys' }),
    ],
    [
      'says where its key is (x5u)',
      () => signed(claims(), { x5u: 'https://attacker.example/keys' }),
    ],
    ['brings its own certificates', () => signed(claims(), { x5c: ['AAAA'] })],
    ['has critical headers', () => forged({ alg: 'HS256', crit: ['exp'] }, claims(), 'AAAA')],
    ['names a key by a path', () => signed(claims(), { kid: '../../dev/null' })],
    ['names a key by SQL', () => signed(claims(), { kid: "x' UNION SELECT 'a" })],
    ['is no JSON inside', () => 'AAAA.BBBB.CCCC'],
    [
      'has a payload that was changed',
      async () =>
        (await signed(claims())).replace(
          /\.[^.]+\./,
          `.${base64url.encode(JSON.stringify(claims({ role: 'admin' })))}.`,
        ),
    ],
  ])('is refused where it %s', async (_case, make) => {
    const token = await make();
    await expect((async () => verifier.verify(token))()).rejects.toMatchObject(refused);
  });

  it('is refused for another issuer or audience, where they are configured', async () => {
    const strict = new TokenVerifier(
      edgeEnvironment({ JWT_ISSUER: 'https://us', JWT_AUDIENCE: 'progress' }),
    );
    const good = { iss: 'https://us', aud: 'progress' };
    expect(await strict.verify(await signed(claims(good)))).toEqual({ userId: 'me', role: 'user' });
    for (const wrong of [
      { iss: 'https://them' },
      { aud: 'billing' },
      { iss: undefined },
      { aud: undefined },
    ]) {
      await expect(
        strict.verify(await signed(claims({ ...good, ...wrong }))),
      ).rejects.toMatchObject(refused);
    }
  });

  it("takes the platform's name for services", async () => {
    const renamed = new TokenVerifier(edgeEnvironment({ JWT_SERVICE_ROLE: 'machine' }));
    expect(await renamed.verify(await signed(claims({ role: 'machine' })))).toMatchObject({
      role: 'service',
    });
    await expect(renamed.verify(await signed(claims({ role: 'service' })))).rejects.toMatchObject(
      refused,
    );
  });
});

describe('a token signed with a published key', () => {
  let keys: CryptoKeyPair;
  let pem: string;

  afterEach(() => vi.useRealTimers());
  beforeAll(async () => {
    keys = await generateKeyPair('RS256', { extractable: true });
    pem = await exportSPKI(keys.publicKey);
  });

  async function withKeyServer(
    test: (
      verifier: TokenVerifier,
      asked: () => number,
      answer: (status: number) => void,
    ) => Promise<void>,
    status = 200,
  ): Promise<void> {
    let asked = 0;
    const answer = (other: number): void => void (status = other);
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    const server = createServer((_request, response) => {
      asked += 1;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await test(
        new TokenVerifier(edgeEnvironment({ JWKS_URL: `http://127.0.0.1:${port}/keys` })),
        () => asked,
        answer,
      );
    } finally {
      server.close();
    }
  }

  const byKey = (kid: string): Promise<string> =>
    new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(keys.privateKey);

  it('speaks for its subject', () =>
    withKeyServer(async (verifier) => {
      expect(await verifier.verify(await byKey('k1'))).toEqual({ userId: 'me', role: 'user' });
    }));

  it('cannot be made with the public key as a secret, nor with the shared secret', () =>
    withKeyServer(async (verifier) => {
      const confused = await signed(claims(), { kid: 'k1' }, new TextEncoder().encode(pem));
      await expect(verifier.verify(confused)).rejects.toMatchObject(refused);
      await expect(verifier.verify(await signed(claims()))).rejects.toMatchObject(refused);
    }));

  it('does not turn a flood of unknown keys into a flood of requests to the key server', () =>
    withKeyServer(async (verifier, asked) => {
      await verifier.verify(await byKey('k1'));
      for (let index = 0; index < 20; index += 1) {
        await expect(verifier.verify(await byKey(`unknown-${index}`))).rejects.toMatchObject(
          refused,
        );
      }
      expect(asked()).toBeLessThanOrEqual(2);
    }));

  it('with a known key is good although unknown ones are named while the key server is away', () =>
    withKeyServer(async (verifier, _asked, answer) => {
      await verifier.verify(await byKey('k1'));
      answer(500);
      // Wait until an unknown key causes a fetch again.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
      const clock = performance.now.bind(performance);
      vi.spyOn(performance, 'now').mockImplementation(() => clock() + 31_000);
      await expect(verifier.verify(await byKey('unknown'))).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
      const another = await new SignJWT(claims({ sub: 'another' }))
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .sign(keys.privateKey);
      expect(await verifier.verify(another)).toEqual({ userId: 'another', role: 'user' });
      await expect(verifier.verify(await byKey('unknown'))).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
    }));

  it('must be sent again while the keys cannot be fetched, and does not cause a fetch each time', () =>
    withKeyServer(async (verifier, asked) => {
      for (let index = 0; index < 20; index += 1) {
        await expect(verifier.verify(await byKey('k1'))).rejects.toMatchObject({
          code: 'SERVICE_UNAVAILABLE',
        });
      }
      expect(asked()).toBeLessThanOrEqual(2);
    }, 500));
});
