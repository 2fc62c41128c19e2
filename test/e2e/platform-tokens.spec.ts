import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { NatsService } from '../../src/common/nats/nats.service.js';
import { post, type Reply } from '../security/requests.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const HOUR = 3_600;
const GENERIC = { status: 'error', message: 'Internal server error' };
const now = (): number => Math.floor(Date.now() / 1_000);

const world = platform({ learners: 12, lessons: 2 });
const learners = world.learnerIds[Symbol.iterator]();
/** A learner whom nobody has asked about yet. */
const newcomer = (): string => learners.next().value!;

/** Ages are measured by this clock: `pass` makes everything that is remembered older, without a wait. */
const monotonic = performance.now.bind(performance);
let passed = 0;
performance.now = () => monotonic() + passed;
const pass = (seconds: number): void => void (passed += seconds * 1_000);

let service: TestApp;
let second: TestApp;
/** A further process of the service, beside the same database and platform. */
async function startBeside(environment: Record<string, string> = {}): Promise<TestApp> {
  const { database, nats } = service;
  const beside = await startTestApp({ database, nats, catalogue: false, environment });
  const connection = beside.app.get(NatsService, { strict: false });
  await waitFor(() => connection.state() === 'connected', { message: 'it is connected' });
  return beside;
}

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { NATS_REQUEST_TIMEOUT_MS: '500', NATS_BREAKER_FAILURES: '1000' },
  });
  second = await startBeside();
});
afterAll(async () => {
  await second.close();
  await service.close();
});

const users = () => service.peers!.users;
const lookUps = (id: string): number =>
  users().requests.filter(({ data }) => (data as { id: string }).id === id).length;

const query = (id: string) => ({
  query: `{ getUserProgressStats(userId: "${id}") { success } }`,
});
/** Somebody asks for `whose` data (their own unless said), by a token of the platform's form unless claims are given. */
async function ask(
  sub: string,
  {
    at = service,
    whose = sub,
    ...claims
  }: Record<string, unknown> & { at?: TestApp; whose?: string } = {},
): Promise<Reply> {
  return post(at.graphqlUrl, await signToken({ sub, ...claims }), query(whose));
}
const outcome = ({ json }: Reply): unknown => json.errors?.[0]?.extensions.code ?? 'OK';
const become = (id: string, role: 'admin' | 'instructor' | 'user'): void =>
  void users().users.set(id, { ...users().users.get(id)!, role });

describe('a token without a role', () => {
  it('lets a learner write and read their own, and nobody else’s', async () => {
    const me = newcomer();
    const client = await service.as({ sub: me });
    const { errors, data } = await client.request(
      `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { data { userId } } }`,
      { input: { userId: me, lessonId: world.lessonIds[0], courseId: world.course._id } },
    );
    expect(errors).toBeUndefined();
    expect(data.createUserProgress.data.userId).toBe(me);
    expect(outcome(await ask(me))).toBe('OK');
    expect(outcome(await ask(me, { whose: newcomer() }))).toBe('FORBIDDEN');
  });

  it('gives an administrator the rights that the user service says', async () => {
    expect(outcome(await ask(world.administratorId, { whose: newcomer() }))).toBe('OK');
    const instructor = await ask(world.instructorId, { whose: world.administratorId });
    expect(outcome(instructor)).toBe('FORBIDDEN');
  });

  it('is refused where there is no such user', async () => {
    const reply = await ask(userId());
    expect(reply.status).toBe(401);
    expect(outcome(reply)).toBe('UNAUTHENTICATED');
  });

  it('has its user looked up once, however many requests it sends', async () => {
    const me = newcomer();
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(me)));
    expect(replies.map(outcome)).toEqual(Array(20).fill('OK'));
    expect(outcome(await ask(me))).toBe('OK');
    expect(lookUps(me)).toBe(1);
  });
});

describe('a role that changes', () => {
  const [me, another] = [newcomer(), newcomer()];
  const everywhere = (expected: string): Promise<unknown> =>
    waitFor(
      async () => {
        const replies = [
          await ask(me, { whose: another }),
          await ask(me, { at: second, whose: another }),
        ];
        return replies.every((reply) => outcome(reply) === expected);
      },
      { message: `every process says ${expected}` },
    );

  it('is the new one in every process that hears of it', async () => {
    await everywhere('FORBIDDEN');
    become(me, 'admin');
    users().emit('user.role_changed', { userId: me, role: 'admin' });
    await everywhere('OK');
    become(me, 'user');
    users().emit('user.updated', { id: me });
    await everywhere('FORBIDDEN');
  });

  it('is the new one after USER_CACHE_SECONDS where the event is missed', async () => {
    become(me, 'admin');
    expect(outcome(await ask(me, { whose: another }))).toBe('FORBIDDEN');
    pass(299);
    expect(outcome(await ask(me, { whose: another }))).toBe('FORBIDDEN');
    pass(2);
    expect(outcome(await ask(me, { whose: another }))).toBe('OK');
    become(me, 'user');
    pass(301);
    expect(outcome(await ask(me, { whose: another }))).toBe('FORBIDDEN');
  });

  it('ends with the user: who is deleted is refused, though the user service still knows them', async () => {
    users().emit('user.deleted', { userId: me });
    await everywhere('UNAUTHENTICATED');
    pass(HOUR);
    await everywhere('UNAUTHENTICATED');
  });
});

describe('while the user service cannot be asked', () => {
  it.each<[string, () => void]>([
    ['it does not answer', () => (users().silent = true)],
    ['it fails at everything', () => (users().failure = GENERIC)],
  ])(
    'because %s, whom it knew goes on for AUTH_KNOWN_SECONDS, and others are to try again',
    async (_case, fail) => {
      const [known, unknown] = [newcomer(), newcomer()];
      expect(outcome(await ask(known))).toBe('OK');
      fail();
      const refused = await ask(unknown);
      expect(refused.status).toBe(503);
      expect(outcome(refused)).toBe('SERVICE_UNAVAILABLE');

      pass(301);
      const replies = await Promise.all(Array.from({ length: 10 }, () => ask(known)));
      expect(replies.map(outcome)).toEqual(Array(10).fill('OK'));
      pass(HOUR - 301 - 30);
      expect(outcome(await ask(known))).toBe('OK');
      pass(60);
      expect((await ask(known)).status).toBe(503);

      users().silent = false;
      users().failure = null;
      pass(2);
      expect(outcome(await ask(known))).toBe('OK');
      expect(outcome(await ask(unknown))).toBe('OK');
    },
  );
});

describe('a token without exp', () => {
  it('is refused, unless JWT_MAX_AGE_SECONDS bounds it by iat', async () => {
    const me = world.administratorId;
    expect((await ask(me, { exp: undefined })).status).toBe(401);
    const bounded = await startBeside({ JWT_MAX_AGE_SECONDS: String(HOUR) });
    const at = { at: bounded, exp: undefined };
    try {
      expect(outcome(await ask(me, at))).toBe('OK');
      expect((await ask(me, { ...at, iat: now() - HOUR - 1 })).status).toBe(401);
      expect((await ask(me, { ...at, iat: undefined })).status).toBe(401);
      expect((await ask(me, { ...at, iat: now() + HOUR })).status).toBe(401);
    } finally {
      await bounded.close();
    }
  });
});

describe('AUTH_ROLE', () => {
  const me = newcomer();
  const another = world.instructorId;

  it.each<[string, { none: string; user: string; admin: string }]>([
    ['auto', { none: 'FORBIDDEN', user: 'FORBIDDEN', admin: 'OK' }],
    ['token', { none: 'UNAUTHENTICATED', user: 'FORBIDDEN', admin: 'OK' }],
    ['directory', { none: 'FORBIDDEN', user: 'FORBIDDEN', admin: 'FORBIDDEN' }],
  ])('%s decides what a role in a token is worth', async (mode, expected) => {
    const at = await startBeside({ AUTH_ROLE: mode });
    try {
      const asked = async (claims: object) =>
        outcome(await ask(me, { at, whose: another, ...claims }));
      expect({
        none: await asked({}),
        user: await asked({ role: 'user' }),
        admin: await asked({ role: 'admin' }),
      }).toEqual(expected);
      expect(await asked({ role: 'service' })).toBe('OK');
      expect(outcome(await ask(world.administratorId, { at, whose: me, role: 'user' }))).toBe(
        mode === 'directory' ? 'OK' : 'FORBIDDEN',
      );
    } finally {
      await at.close();
    }
  });
});
