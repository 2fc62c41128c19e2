import { Agent, request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../sandbox/servers/free-port.ts';
import { userId } from '../builders/ids.ts';
import { ELSEWHERE, startBuilt, type BuiltProgram } from '../support/built-program.ts';
import { childPids } from '../support/child-pids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const WORKERS = 2;
const CLIENTS = 8;
const me = userId();
const STARTS_WITHIN_MS = 60_000;
const TWO_MINUTES = 120_000;
const REQUESTS =
  /^progress_graphql_requests_total\{operation="getUserProgressStats",outcome="OK"\} (\d+)/m;

let database: TestDatabase;
let token: string;
const running: BuiltProgram[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  token = await signToken({ sub: me, role: 'user' });
});
afterAll(async () => {
  for (const service of running) service.kill('SIGKILL');
  await Promise.all(running.map(({ exited }) => exited));
  await database.drop();
});

function start(port: number): BuiltProgram {
  const environment = {
    ...ELSEWHERE,
    ...database.environment,
    WORKERS: String(WORKERS),
    PORT_USER_PROGRESS: String(port),
    RATE_LIMIT_DISABLED: 'true',
  };
  const service = startBuilt('main.js', { environment });
  running.push(service);
  return service;
}

/** Over a connection of its own: a worker that is replaced waits for those that are idle. */
const get = (port: number, path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });

const metrics = async (port: number): Promise<string> => (await get(port, '/metrics')).text();

const untilAllServe = (port: number): Promise<unknown> =>
  waitFor(async () => (await metrics(port)).includes(`\nprogress_workers ${WORKERS}\n`), {
    message: 'all workers serve',
    timeoutMs: STARTS_WITHIN_MS,
  });

/** Clients that ask without a pause, each over its own connection, which it keeps as long as it may. */
class Clients {
  answered = 0;
  failed = 0;
  private isOver = false;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  private readonly work: Promise<unknown>;

  constructor(private readonly port: number) {
    this.work = Promise.all(Array.from({ length: CLIENTS }, () => this.askOn()));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.work;
    this.agent.destroy();
  }

  untilAnswered(more: number): Promise<unknown> {
    const wanted = this.answered + more;
    return waitFor(() => this.answered >= wanted, { message: 'requests are answered' });
  }

  private async askOn(): Promise<void> {
    while (!this.isOver) {
      if (await this.ask()) this.answered += 1;
      else this.failed += 1;
    }
  }

  private ask(): Promise<boolean> {
    return new Promise((resolve) => {
      const post = request(
        {
          agent: this.agent,
          port: this.port,
          host: '127.0.0.1',
          path: '/userProgress/graphql',
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          timeout: 5_000,
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode === 200));
          response.on('error', () => resolve(false));
        },
      );
      post.on('error', () => resolve(false));
      post.on('timeout', () => post.destroy());
      post.end(JSON.stringify({ query: `{ getUserProgressStats(userId: "${me}") { success } }` }));
    });
  }
}

describe('two workers on one port', () => {
  let service: BuiltProgram;
  let port: number;
  let answered = 0;
  let failed = 0;

  beforeAll(async () => {
    port = await freePort();
    service = start(port);
    await untilAllServe(port);
  }, TWO_MINUTES);

  const underLoad = async (work: (clients: Clients) => Promise<unknown>): Promise<Clients> => {
    const clients = new Clients(port);
    await clients.untilAnswered(100);
    await work(clients);
    await clients.untilAnswered(100);
    await clients.stop();
    answered += clients.answered;
    failed += clients.failed;
    return clients;
  };
  /** Requests whose answer was lost may be counted, too. */
  const expectAllCounted = async (): Promise<void> => {
    const counted = Number(REQUESTS.exec(await metrics(port))?.[1]);
    expect(counted).toBeGreaterThanOrEqual(answered);
    expect(counted).toBeLessThanOrEqual(answered + failed);
  };

  it(
    'are replaced one by one at SIGHUP: no request fails, and each is counted once',
    async () => {
      const before = childPids(service.pid);
      const clients = await underLoad(async () => {
        service.kill('SIGHUP');
        await waitFor(() => childPids(service.pid).every((pid) => !before.includes(pid)), {
          message: 'all workers are new',
          timeoutMs: STARTS_WITHIN_MS,
        });
      });
      expect(clients.failed).toBe(0);
      await untilAllServe(port);
      await expectAllCounted();
    },
    TWO_MINUTES,
  );

  it(
    'lose only the requests of the one that is killed, and get another one for it',
    async () => {
      await untilAllServe(port);
      const [killed] = childPids(service.pid);
      const clients = await underLoad(async () => {
        // What is counted between this and the kill is lost with the worker.
        await metrics(port);
        process.kill(killed!, 'SIGKILL');
        await waitFor(() => service.stdout.includes('"worker ended"'), { message: 'it ended' });
        await untilAllServe(port);
      });
      expect(clients.failed).toBeLessThanOrEqual(CLIENTS);
      expect(childPids(service.pid)).not.toContain(killed);
      expect(await metrics(port)).toMatch(/^progress_worker_deaths_total 1$/m);
    },
    TWO_MINUTES,
  );

  it('are ready as a whole, and write whole lines with their own pid', async () => {
    const ready = await get(port, '/health/ready');
    expect(ready.status).toBe(200);
    const pids = new Set(service.lines().map((line) => line['pid']));
    expect(pids).toContain(service.pid);
    for (const pid of childPids(service.pid)) expect(pids).toContain(pid);
  });

  it(
    'finish at SIGTERM what they have begun, and the service ends with 0',
    async () => {
      const other = await freePort();
      const stopped = start(other);
      await untilAllServe(other);
      const clients = new Clients(other);
      await clients.untilAnswered(100);
      await clients.stop();
      stopped.kill('SIGTERM');
      expect(await stopped.exited).toBe(0);
      expect(stopped.lines().filter(({ msg }) => msg === 'stopping')).toHaveLength(1 + WORKERS);
      expect(clients.failed).toBe(0);
    },
    TWO_MINUTES,
  );
});

describe('a service with workers ends', () => {
  it(
    'at a second signal, when a worker stands still',
    async () => {
      const port = await freePort();
      const service = start(port);
      await untilAllServe(port);
      process.kill(childPids(service.pid)[0]!, 'SIGSTOP');
      service.kill('SIGTERM');
      const again = setInterval(() => service.kill('SIGTERM'), 500);
      expect(await service.exited).toBe(1);
      clearInterval(again);
      expect(service.stdout).toContain('"ended by a second signal"');
      expect(service.stdout).not.toContain('"worker did not end in time"');
    },
    TWO_MINUTES,
  );

  it(
    'with the error of its first worker, told once, when none can start',
    async () => {
      const taken = createServer().listen(0, '0.0.0.0');
      await new Promise((resolve) => taken.once('listening', resolve));
      const service = start((taken.address() as AddressInfo).port);
      expect(await service.exited).toBe(1);
      expect(service.lines().filter(({ level }) => level === 'fatal')).toHaveLength(1);
      taken.close();
    },
    TWO_MINUTES,
  );
});
