import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { TestDatabase } from './database.ts';

/** A client with a thread of its own, so that its processor time is not counted as the service's. */
const CLIENT = `
const { parentPort } = require('node:worker_threads');
const { Agent, request } = require('node:http');
const agent = new Agent({ keepAlive: true });
parentPort.on('message', ({ url, token, body }) => {
  const headers = {
    authorization: 'Bearer ' + token,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const post = request(url, { method: 'POST', agent, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk) => { text += chunk; });
    response.on('end', () => parentPort.postMessage(text));
  });
  post.on('error', (error) => parentPort.postMessage(String(error)));
  post.end(body);
});`;

const YARDSTICK = Array.from({ length: 20_000 }, (_, n) => ({ from: 2 * n, to: 2 * n + 1 }));
/** What writing and reading it took on the core where the bounds were set. */
const YARDSTICK_MS = 4;
const YARDSTICK_TRIES = 3;

/**
 * What a request cost: milliseconds of processor time, of the thread that serves it and of PostgreSQL. A shared core is
 * half as fast in some minutes as in others: where it is slower than the one of the bounds, the time is reduced by that.
 */
export interface Measured {
  text: string;
  serviceMs: number;
  /** Null where PostgreSQL's processes cannot be looked at. */
  databaseMs: number | null;
}

/** Measures requests to a service in this process, one at a time. */
export class ProcessorTime {
  private readonly client = new Worker(CLIENT, { eval: true });
  private readonly url: string;
  private readonly database: TestDatabase;

  constructor({ graphqlUrl, database }: { graphqlUrl: string; database: TestDatabase }) {
    this.url = graphqlUrl;
    this.database = database;
  }

  async of(token: string, body: object): Promise<Measured> {
    const backends = await this.backends();
    const databaseBefore = timeOf(backends);
    const message = { url: this.url, token, body: JSON.stringify(body) };
    const before = process.threadCpuUsage();
    const text = await new Promise<string>((resolve) => {
      this.client.once('message', resolve);
      this.client.postMessage(message);
    });
    const { user, system } = process.threadCpuUsage(before);
    const after = timeOf(backends);
    const slowness = slownessOfCore();
    return {
      text,
      serviceMs: (user + system) / 1_000 / slowness,
      databaseMs:
        after === null || databaseBefore === null ? null : (after - databaseBefore) / slowness,
    };
  }

  async close(): Promise<void> {
    await this.client.terminate();
  }

  private async backends(): Promise<number[]> {
    const { rows } = await this.database.pool.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
    );
    return rows.map(({ pid }) => pid);
  }
}

/** How many times as long as on the core of the bounds this core takes; at least 1. */
function slownessOfCore(): number {
  const times = Array.from({ length: YARDSTICK_TRIES }, () => {
    const before = process.threadCpuUsage();
    JSON.parse(JSON.stringify(YARDSTICK));
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.max(1, Math.min(...times) / YARDSTICK_MS);
}

/** Linux counts nanoseconds of each process; null elsewhere, and where the server is on another machine. */
function timeOf(pids: readonly number[]): number | null {
  if (process.env['TEST_DB_HOST'] !== undefined) return null;
  try {
    const times = pids.map((pid) =>
      Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]),
    );
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return null;
  }
}
