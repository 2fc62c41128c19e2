import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  base64url,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { sendRaw } from '../security/raw-http.ts';
import { post, type Reply } from '../security/requests.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken, TEST_SECRET } from '../support/tokens.ts';

const now = (): number => Math.floor(Date.now() / 1_000);
const me = userId();
const claims = (overrides: JWTPayload = {}): JWTPayload => ({
  sub: me,
  role: 'user',
  exp: now() + 60,
  ...overrides,
});
const MY_STATS = { query: `{ getUserProgressStats(userId: "${me}") { success } }` };

const ask = (service: TestApp, token: string): Promise<Reply> =>
  post(service.graphqlUrl, token, MY_STATS);

function expectRefused(reply: Reply): void {
  expect(reply.status).toBe(401);
  expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  expect(reply.json.errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
    statusCode: 401,
  });
  expect(reply.json.data ?? null).toBeNull();
  expect(reply.text).not.toMatch(/stack|JW[TSK]|jose|signature/i);
}

/** A token signed by hand: no library would make these. */
function byHand(header: object, payload: object, secret: string | Buffer): string {
  const body = [header, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

describe('tokens signed with the shared secret', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp({
      catalogue: false,
      environment: {
        JWT_ISSUER: 'https://platform',
        JWT_AUDIENCE: 'progress',
        AUTH_ROLE: 'token',
      },
    });
  });
  afterAll(() => service.close());

  const good = { iss: 'https://platform', aud: 'progress' };
  const hs256 = { alg: 'HS256' };
  const signed = (
    overrides: object = {},
    header: object = hs256,
    secret: string | Buffer = TEST_SECRET,
  ): string => byHand(header, { ...claims(), ...good, ...overrides }, secret);

  it('are good where nothing is wrong with them', async () => {
    expect((await ask(service, signed())).json.errors).toBeUndefined();
    expect(
      (await ask(service, signed({ aud: ['other', 'progress'] }))).json.errors,
    ).toBeUndefined();
  });

  it('are refused where two headers bring them, though both are good', async () => {
    const body = JSON.stringify(MY_STATS);
    const asked = (headers: string[]) =>
      sendRaw(
        service.origin,
        [
          'POST /userProgress/graphql HTTP/1.1',
          'Host: x',
          'Connection: close',
          'Content-Type: application/json',
          ...headers,
          `Content-Length: ${body.length}`,
          '',
          body,
        ].join('\r\n'),
      );
    const header = `Authorization: Bearer ${signed()}`;
    expect((await asked([header])).status).toBe(200);
    expect((await asked([header, header])).status).toBe(401);
    expect((await asked([header, header.replace('A', 'a')])).status).toBe(401);
  });

  it.each<[string, () => string]>([
    ...['none', 'None', 'NONE', 'nOnE', 'none '].map((alg): [string, () => string] => [
      `alg ${alg}`,
      () => `${signed({}, { alg }).split('.').slice(0, 2).join('.')}.`,
    ]),
    ['alg none with a good signature', () => signed({}, { alg: 'none' })],
    ['alg missing', () => signed({}, {})],
    ['alg a list', () => signed({}, { alg: ['HS256'] })],
    ['alg HS384', () => signed({}, { alg: 'HS384' })],
    ['alg RS256, signed with the secret', () => signed({}, { alg: 'RS256' })],
    ['an empty secret', () => signed({}, hs256, '')],
    ['a secret of zeros', () => signed({}, hs256, Buffer.alloc(32))],
    ['no exp', () => signed({ exp: undefined })],
    ['exp null', () => signed({ exp: null })],
    ['exp as text', () => signed({ exp: String(now() + 60) })],
    ['a past exp', () => signed({ exp: now() - 1 })],
    ['a negative exp', () => signed({ exp: -1 })],
    ['a future nbf', () => signed({ nbf: now() + 60 })],
    ['nbf as text', () => signed({ nbf: 'later' })],
    ['another issuer', () => signed({ iss: 'https://platform.attacker.example' })],
    ['no issuer', () => signed({ iss: undefined })],
    ['a list of issuers', () => signed({ iss: ['https://platform'] })],
    ['another audience', () => signed({ aud: 'billing' })],
    ['no audience', () => signed({ aud: undefined })],
    ['no sub', () => signed({ sub: undefined })],
    ['an empty sub', () => signed({ sub: '' })],
    ['sub a number', () => signed({ sub: 1 })],
    ['sub a list', () => signed({ sub: [me] })],
    ['sub an object', () => signed({ sub: { toString: me } })],
    ['sub too long', () => signed({ sub: 'x'.repeat(27) })],
    ['sub a wildcard', () => signed({ sub: '*' })],
    ['an unknown role', () => signed({ role: 'root' })],
    ['a role in capitals', () => signed({ role: 'ADMIN' })],
    ['a role of Object.prototype', () => signed({ role: 'constructor' })],
    ['roles in a list', () => signed({ role: ['admin'] })],
    ['no role', () => signed({ role: undefined })],
    ['jku', () => signed({}, { ...hs256, jku: 'https://attacker.example/keys' })],
    ['x5u', () => signed({}, { ...hs256, x5u: 'https://attacker.example/cert' })],
    ['x5c', () => signed({}, { ...hs256, x5c: ['AAAA'] })],
    ['jwk', () => signed({}, { ...hs256, jwk: { kty: 'oct', k: 'AAAA' } })],
    ['kid a path', () => signed({}, { ...hs256, kid: '/dev/null' })],
    ['kid SQL', () => signed({}, { ...hs256, kid: "' OR 1=1 --" })],
    ['kid an object', () => signed({}, { ...hs256, kid: {} })],
    ['crit', () => signed({}, { ...hs256, crit: ['b64'], b64: false })],
    ['compression', () => signed({}, { ...hs256, zip: 'DEF' })],
    ['more than 8 KiB', () => signed({ padding: 'x'.repeat(8_192) })],
    ['a fourth part', () => `${signed()}.AAAA`],
    ['five parts, as encrypted ones have', () => `${signed()}.AAAA.AAAA`],
    ['one part', () => 'AAAA'],
    ['a payload that is a list', () => byHand(hs256, [claims()], TEST_SECRET)],
    ['a header that is not JSON', () => `AAAA.${signed().split('.').slice(1).join('.')}`],
    ['a signature cut short', () => signed().slice(0, -2)],
  ])('are refused with: %s', async (_case, token) => {
    expectRefused(await ask(service, token()));
  });
});

describe('tokens signed with published keys', () => {
  let service: TestApp;
  let keyServer: Server;
  let asked = 0;
  const keys: Record<string, CryptoKeyPair> = {};

  beforeAll(async () => {
    for (const alg of ['RS256', 'ES256', 'EdDSA'])
      keys[alg] = await generateKeyPair(alg, { extractable: true });
    const published = await Promise.all(
      Object.entries(keys).map(async ([alg, { publicKey }]) => ({
        ...(await exportJWK(publicKey)),
        kid: alg,
        alg,
        use: 'sig',
      })),
    );
    keyServer = createServer((_request, response) => {
      asked += 1;
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: published }));
    });
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const { port } = keyServer.address() as AddressInfo;
    service = await startTestApp({
      catalogue: false,
      environment: { JWKS_URL: `http://127.0.0.1:${port}/keys` },
    });
  });
  afterAll(async () => {
    await service.close();
    keyServer.close();
  });

  const signed = (key: string, header: Partial<JWTHeaderParameters> = {}): Promise<string> =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: key, kid: key, ...header })
      .sign(keys[key]!.privateKey);

  it.each(['RS256', 'ES256', 'EdDSA'])('are good with %s', async (alg) => {
    expect((await ask(service, await signed(alg))).json.errors).toBeUndefined();
  });

  it('are refused where they choose another way to be verified', async () => {
    const pem = await exportSPKI(keys['RS256']!.publicKey);
    const jwk = JSON.stringify(await exportJWK(keys['RS256']!.publicKey));
    for (const token of [
      byHand({ alg: 'HS256', kid: 'RS256' }, claims(), pem),
      byHand({ alg: 'HS256', kid: 'RS256' }, claims(), pem.trim()),
      byHand({ alg: 'HS256', kid: 'RS256' }, claims(), jwk),
      byHand({ alg: 'HS256' }, claims(), TEST_SECRET),
      byHand({ alg: 'RS256', kid: 'RS256' }, claims(), pem),
      await signed('ES256', { kid: 'RS256' }),
      await new SignJWT(claims())
        .setProtectedHeader({ alg: 'RS256', kid: 'RS256' })
        .sign((await generateKeyPair('RS256')).privateKey),
    ]) {
      expectRefused(await ask(service, token));
    }
  });

  it('with unknown keys, in a flood, are refused without a flood to the key server', async () => {
    await ask(service, await signed('ES256'));
    const before = asked;
    const flood = await Promise.all(
      Array.from({ length: 300 }, async (_, index) =>
        ask(service, await signed('ES256', { kid: `unknown-${index}` })),
      ),
    );
    for (const reply of flood) expectRefused(reply);
    expect(asked - before).toBeLessThanOrEqual(1);
    expect((await ask(service, await signed('ES256'))).json.errors).toBeUndefined();
  });
});

describe('AUTH_VERIFY_USER', () => {
  const world = platform({ learners: 1 });
  const [learner] = world.learnerIds as [string];
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({
      catalogue: world.catalogue,
      environment: { AUTH_VERIFY_USER: 'true', NATS_REQUEST_TIMEOUT_MS: '500' },
    });
  });
  afterAll(() => service.close());

  const as = async (sub: string, role: string): Promise<Reply> =>
    post(service.graphqlUrl, await signToken({ sub, role }), {
      query: `{ getUserProgressStats(userId: "${sub}") { success } }`,
    });

  it('lets in who exists and has that role', async () => {
    expect((await as(learner, 'user')).json.errors).toBeUndefined();
    expect((await as(world.administratorId, 'admin')).json.errors).toBeUndefined();
  });

  it('refuses who claims another role, and who does not exist', async () => {
    expectRefused(await as(learner, 'admin'));
    expectRefused(await as(learner, 'instructor'));
    expectRefused(await as(userId(), 'user'));
  });

  it('asks nobody about a service, which may write for any learner', async () => {
    const service_ = await service.as({ sub: 'enrolment-service', role: 'service' });
    const { errors } = await service_.request(
      `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
      { input: { userId: learner, lessonId: world.lessonIds[0], courseId: world.course._id } },
    );
    expect(errors).toBeUndefined();
  });

  it('goes on for those it asked about, and says SERVICE_UNAVAILABLE of others, while nobody can be asked', async () => {
    await service.nats.stop();
    expect((await as(learner, 'user')).json.errors).toBeUndefined();
    const unknown = await as(userId(), 'user');
    expect(unknown.status).toBe(503);
    expect(unknown.json.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  });
});
