import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drain } from './drain.js';

const API = '/api';
const isApi = (url: string): boolean => url.startsWith(API);
const TIMES = { atLeastMs: 100, quietMs: 800, atMostMs: 10_000 };

describe('a server that drains', () => {
  let server: Server;
  let agent: Agent;

  beforeEach(async () => {
    server = createServer((_request, response) => response.end('served'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    agent = new Agent({ keepAlive: true });
  });
  afterEach(() => {
    agent.destroy();
    server.close();
  });

  const get = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      request({ agent, host: '127.0.0.1', port, path }, (response) => {
        response.resume().on('end', () => resolve(response));
      })
        .on('error', reject)
        .end();
    });

  /** Sends requests until `milliseconds` have passed. @returns the time of the last one */
  async function askFor(milliseconds: number, path: string): Promise<number> {
    const begun = performance.now();
    let last = begun;
    while (performance.now() - begun < milliseconds) {
      last = performance.now();
      await get(path);
      await sleep(20);
    }
    return last;
  }

  it('serves while requests come, and a while longer', async () => {
    const drained = drain(server, isApi, TIMES).then(() => performance.now());
    const asked = await askFor(1_000, API);
    expect((await drained) - asked).toBeGreaterThanOrEqual(TIMES.quietMs);
  });

  it('sends each client away with its answer', async () => {
    expect((await get(API)).headers.connection).toBe('keep-alive');
    const drained = drain(server, isApi, TIMES);
    expect((await get(API)).headers.connection).toBe('close');
    await drained;
    expect((await get(API)).headers.connection).toBe('close');
  });

  it('counts what arrived while the process was busy', async () => {
    await get(API);
    const drained = drain(server, isApi, TIMES).then(() => performance.now());
    const busyUntil = performance.now() + TIMES.quietMs;
    const answer = get(API);
    while (performance.now() < busyUntil);
    await answer;
    expect((await drained) - busyUntil).toBeGreaterThanOrEqual(TIMES.quietMs - 1);
  });

  it('does not take probes for clients', async () => {
    const begun = performance.now();
    const drained = drain(server, isApi, TIMES).then(() => performance.now());
    await askFor(1_000, '/health/ready');
    expect((await drained) - begun).toBeLessThan(1_000);
  });

  it('ends in any case', async () => {
    const begun = performance.now();
    const drained = drain(server, isApi, { ...TIMES, atMostMs: 500 }).then(() => performance.now());
    await askFor(1_000, API);
    const took = (await drained) - begun;
    expect(took).toBeGreaterThanOrEqual(500);
    expect(took).toBeLessThan(1_000);
  });
});
