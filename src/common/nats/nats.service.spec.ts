import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import { SANDBOX } from '../../../sandbox/catalogue.ts';
import {
  startModules,
  startNatsServer,
  untilConnected,
  waitFor,
  type NatsServer,
} from '../../../test/for-specs.ts';
import { NatsService } from './nats.service.js';
import { peerBreakerState, peerRequests, strayReplies } from './nats.metrics.js';
import { UserEvents } from './subjects.js';

const TIMEOUT_MS = 200;
const [someone] = SANDBOX.learners;
const subject = UserEvents.GET_USER_BY_ID;

let server: NatsServer;
let peers: Peers;
let modules: TestingModule;
let nats: NatsService;

beforeEach(async () => {
  server = await startNatsServer();
  [peers, modules] = await Promise.all([
    startPeers({ natsUrl: server.url }),
    startModules({
      nats: server,
      environment: {
        NATS_REQUEST_TIMEOUT_MS: String(TIMEOUT_MS),
        NATS_BREAKER_FAILURES: '3',
        NATS_BREAKER_RESET_MS: '100',
      },
    }),
  ]);
  nats = modules.get(NatsService);
});

afterEach(async () => {
  vi.useRealTimers();
  await modules.close();
  await peers.close();
  await server.stop();
});

const ask = () => nats.request(subject, { id: someone!.id });
const reasonOf = (request: Promise<unknown>) =>
  request.then(
    () => 'answered',
    (error: { reason: string }) => error.reason,
  );

async function strays(): Promise<number> {
  const { values } = await strayReplies.get();
  return values[0]?.value ?? 0;
}

async function openTheCircuit(): Promise<void> {
  peers.users.silent = true;
  for (let failure = 0; failure < 3; failure += 1) await reasonOf(ask());
}

describe('a request', () => {
  it('is sent and answered in the form that NestJS speaks', async () => {
    await expect(ask()).resolves.toEqual({
      kind: 'answer',
      value: { success: true, message: 'ok', data: someone },
    });
    expect(peers.users.requests).toMatchObject([{ subject, data: { id: someone!.id } }]);
  });

  it('without a listener fails at once, as the server reports that, not by its timeout', async () => {
    await peers.close();
    // The server has a listener until it notices that the connection of the peer is closed.
    await waitFor(async () => (await reasonOf(ask())) === 'no_responder', {
      message: 'the server noticed',
    });
    await expect(reasonOf(ask())).resolves.toBe('no_responder');
  });

  it('that is not answered fails after the timeout', async () => {
    peers.users.silent = true;
    await expect(reasonOf(ask())).resolves.toBe('timeout');
  });

  it('that is answered with nonsense fails, and the next is answered', async () => {
    peers.users.garble = () => '<html>';
    await expect(reasonOf(ask())).resolves.toBe('malformed');
    peers.users.garble = null;
    await expect(ask()).resolves.toMatchObject({ kind: 'answer' });
  });

  it('is not confused by a late reply, which is counted', async () => {
    const before = await strays();
    peers.users.replyDelayMs = TIMEOUT_MS + 50;
    await expect(reasonOf(ask())).resolves.toBe('timeout');
    await waitFor(async () => (await strays()) === before + 1, { message: 'it is counted' });
    peers.users.replyDelayMs = 0;
    await expect(ask()).resolves.toMatchObject({ kind: 'answer' });
  });

  it('is not confused by repeated replies, which are counted', async () => {
    const before = await strays();
    peers.users.copies = 3;
    await expect(ask()).resolves.toMatchObject({ kind: 'answer' });
    await waitFor(async () => (await strays()) === before + 2, { message: 'they are counted' });
  });
});

describe('the circuit breaker', () => {
  it('opens after failures in a row, for this peer only, and answers at once then', async () => {
    await openTheCircuit();
    expect(nats.canAsk('users')).toBe(false);
    await expect(reasonOf(ask())).resolves.toBe('circuit_open');
    expect(nats.canAsk('courses')).toBe(true);
    const course = await nats.request('course.get.by.id', { id: SANDBOX.shortCourse._id });
    expect(course.kind).toBe('answer');
  });

  it('closes by itself when the peer is back', async () => {
    await openTheCircuit();
    peers.users.silent = false;
    await waitFor(() => nats.canAsk('users'), { message: 'a trial is allowed' });
    await waitFor(async () => (await reasonOf(ask())) === 'answered', {
      message: 'the peer is asked again',
    });
    const { values } = await peerBreakerState.get();
    expect(values.find(({ labels }) => labels.peer === 'users')?.value).toBe(0);
  });

  it.each([
    ['back an hour', -3_600_000],
    ['ahead a day', 86_400_000],
  ])('closes as soon when the clock is set %s meanwhile', async (_, by) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    await openTheCircuit();
    peers.users.silent = false;
    vi.setSystemTime(Date.now() + by);
    expect(nats.canAsk('users')).toBe(false);
    await waitFor(async () => (await reasonOf(ask())) === 'answered', {
      message: 'the peer is asked again',
    });
  });

  it('does not make a call wait for the trial request of another', async () => {
    await openTheCircuit();
    await waitFor(
      async () => {
        const trial = ask();
        const startedAt = performance.now();
        const other = await reasonOf(ask());
        const waitedMs = performance.now() - startedAt;
        const tried = await reasonOf(trial);
        return tried === 'timeout' && other === 'circuit_open' && waitedMs < TIMEOUT_MS / 2;
      },
      { message: 'a trial is under way and another request is refused at once' },
    );
  });

  it('counts what it refuses, as a request that failed', async () => {
    const refused = async () => {
      const { values } = await peerRequests.get();
      const ofUsers = values.find(
        ({ labels }) => labels.peer === 'users' && labels.outcome === 'circuit_open',
      );
      return ofUsers?.value ?? 0;
    };
    await openTheCircuit();
    const before = await refused();
    await expect(reasonOf(ask())).resolves.toBe('circuit_open');
    expect(await refused()).toBe(before + 1);
  });

  it('counts several ways to ask as one request, which fails when none is answered', async () => {
    peers.users.silent = true;
    const inTwoWays = (isAnswered: boolean) =>
      nats.asOneRequest(subject, async (askOnce) => {
        await expect(askOnce(subject, {}, 10)).rejects.toMatchObject({ reason: 'timeout' });
        if (isAnswered) return 'answered';
        return askOnce(subject, {}, 10);
      });
    for (let time = 0; time < 5; time += 1) await inTwoWays(true);
    expect(nats.canAsk('users')).toBe(true);
    await reasonOf(inTwoWays(false));
    await reasonOf(inTwoWays(false));
    expect(nats.canAsk('users')).toBe(true);
    await reasonOf(inTwoWays(false));
    expect(nats.canAsk('users')).toBe(false);
  });

  it('never opens for refusals', async () => {
    peers.users.failure = { statusCode: 500, message: 'Internal server error' };
    for (let refusal = 0; refusal < 5; refusal += 1) {
      await expect(ask()).resolves.toMatchObject({ kind: 'refused' });
    }
  });
});

describe('while NATS is away', () => {
  it('requests fail at once, and are answered again after its return', async () => {
    await server.stop('SIGKILL');
    await waitFor(() => nats.state() === 'disconnected', { message: 'the outage is noticed' });
    expect(nats.canAsk('users')).toBe(false);
    await expect(reasonOf(ask())).resolves.toBe('disconnected');
    await server.restart();
    await waitFor(async () => (await reasonOf(ask())) === 'answered', {
      message: 'the peer answers again',
    });
  });

  it('a request that waits for its reply fails with the connection, not with its timeout', async () => {
    peers.users.silent = true;
    const waiting = reasonOf(nats.request(subject, { id: 'x' }, { timeoutMs: 60_000 }));
    await waitFor(() => peers.users.requests.length === 1, { message: 'the peer has the request' });
    await server.stop('SIGKILL');
    await expect(waiting).resolves.toBe('disconnected');
  });

  it('the service starts, stops, or waits for it', async () => {
    await server.stop();
    const early = await startModules({ nats: server }, { connected: false });
    const impatient = await startModules({ nats: server }, { connected: false });
    expect(early.get(NatsService).state()).toBe('connecting');
    await impatient.close();
    await server.restart();
    await untilConnected(early);
    await early.close();
    expect(early.get(NatsService).state()).toBe('closed');
  });
});

describe('a subscription', () => {
  it('made before the connection survives reconnects', async () => {
    await server.stop();
    const late = await startModules({ nats: server }, { connected: false });
    const received: string[] = [];
    late.get(NatsService).subscribe('course.update', (message) => received.push(message.string()));
    await server.restart();
    await untilConnected(late);
    await server.restart();

    const told = async (text: string) => {
      nats.requireConnection('course.update').publish('course.update', text);
      return received.includes(text);
    };
    await waitFor(() => told('after the restart'), { message: 'the message arrives' });
    await late.close();
  });
});
