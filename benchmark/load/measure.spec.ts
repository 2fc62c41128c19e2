import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { activeLearners, FIRST_RECORD } from '../data-set/shape.ts';
import { measure, quantile } from './measure.ts';
import type { Dialect } from './operation.ts';
import { Population } from './population.ts';

const ROWS = 10_000;
const DIALECT: Dialect = {
  path: '/',
  body: (operation) => JSON.stringify(operation),
  facts: (_kind, answer) => answer as Record<string, number>,
};

describe('measuring', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** Answers each beat with the sum of that learner's, plus what they had at first. */
  async function start(answer: (sum: number) => number, delayMs = 0): Promise<number> {
    const sums = new Map<string, number>();
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { userId, seconds } = JSON.parse(body) as { userId: string; seconds: number };
        const first = 60 + (((Number(userId.slice(-8)) - 10_000_000) * 7) % 500);
        sums.set(userId, (sums.get(userId) ?? first) + seconds);
        setTimeout(() => {
          const text = JSON.stringify({ seconds: answer(sums.get(userId)!) });
          response.setHeader('content-length', text.length).end(text);
        }, delayMs);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  const load = { next: () => 'beat' as const, connections: 4, seconds: 0.3, warmUp: 0.05 };
  const target = (port: number) => ({
    ports: [port],
    dialect: DIALECT,
    population: new Population(activeLearners(ROWS), FIRST_RECORD, 'secret'),
  });

  it('finds nothing wrong with a server that adds up', async () => {
    const aim = target(await start((sum) => sum));
    const result = await measure(aim, load);
    expect(result.faults).toEqual([]);
    expect(result.perSecond).toBeGreaterThan(0);
    expect(aim.population.added).toBe(result.answered * 10);
  });

  it('notices a server that loses a second', async () => {
    const { faults } = await measure(target(await start((sum) => sum - 1)), load);
    expect(faults[0]).toMatch(/^beat: seconds is \d+, not \d+$/);
  });

  it('counts the wait for a free connection into the latency of an open loop', async () => {
    const port = await start((sum) => sum, 50);
    const { p99 } = await measure(target(port), { ...load, connections: 1, rate: 100 });
    // One connection answers 20 a second: of 100 a second, the last wait for several of those before them.
    expect(p99).toBeGreaterThan(200);
  });

  it('ends after the requests that were asked for', async () => {
    const port = await start((sum) => sum);
    const { answered } = await measure(target(port), { ...load, seconds: 5, requests: 20 });
    expect(answered).toBe(20);
  });
});

describe('quantile', () => {
  it('is the smallest value that the share does not exceed', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
