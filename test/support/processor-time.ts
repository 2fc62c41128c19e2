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

/** What a request cost: milliseconds of processor time, of the thread that serves it and of PostgreSQL. */
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
    return {
      text,
      serviceMs: (user + system) / 1_000,
      databaseMs: after === null || databaseBefore === null ? null : after - databaseBefore,
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
