import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../sandbox/servers/free-port.ts';
import { createOriginalTable, fillOriginalTable } from '../builders/original-table.ts';
import {
  ELSEWHERE,
  startBuilt,
  type BuiltProgram,
  type BuiltProgramOptions,
} from '../support/built-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

const NOWHERE = {
  DB_HOST: '127.0.0.1',
  DB_PORT: '1',
  POSTGRES_USER: 'nobody',
  POSTGRES_PASSWORD: 'nothing',
  DB_NAME_USER_PROGRESS: 'nowhere',
};

let database: TestDatabase;
let folder: string;
const running: BuiltProgram[] = [];
const descriptors: number[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'progress-process-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const service of running) service.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ exited }) => exited));
  for (const descriptor of descriptors.splice(0)) closeSync(descriptor);
});

function start(
  variables: NodeJS.ProcessEnv,
  options: Omit<BuiltProgramOptions, 'environment'> = {},
): BuiltProgram {
  const environment = { ...ELSEWHERE, ...database.environment, ...variables };
  const service = startBuilt('main.js', { environment, ...options });
  running.push(service);
  return service;
}

const untilReady = (port: number) =>
  waitFor(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, {
    message: 'the service is ready',
    timeoutMs: 20_000,
  });

describe('a start that waits for its database', () => {
  it('logs one line of JSON an attempt, from the first, at the level that was asked for', async () => {
    const service = start({ ...NOWHERE, LOG_LEVEL: 'warn' });
    await waitFor(() => service.lines().length >= 2, { message: 'it tries twice' });
    expect(service.lines().slice(0, 2)).toMatchObject(
      [1, 2].map((attempt) => ({
        level: 'warn',
        msg: 'the database cannot be reached yet',
        attempt,
        reason: 'connect ECONNREFUSED 127.0.0.1:1',
      })),
    );
    expect(service.stderr).toBe('');
  });

  it('ends at once when it is asked to stop', async () => {
    const service = start({ ...NOWHERE, LOG_LEVEL: 'info' });
    await waitFor(() => service.stdout.includes('cannot be reached'), { message: 'it waits' });
    service.kill('SIGTERM');
    expect(await service.exited).toBe(143);
    expect(service.lines().at(-1)).toMatchObject({ msg: 'stopping', signal: 'SIGTERM' });
  });
});

describe('a start that is refused says why once, and ends with 1', () => {
  const fatal = (service: BuiltProgram) =>
    service.lines().filter(({ level }) => level === 'fatal' || level === 'error');

  it('for a configuration that is not usable, on standard error', async () => {
    const service = start({ DB_PORT: 'nope', LOG_LEVEL: 'loud' });
    expect(await service.exited).toBe(1);
    expect(service.stdout).toBe('');
    expect(
      service.stderr
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['LOG_LEVEL', 'DB_PORT']);
  });

  it('for a table of the original service', async () => {
    const original = await createTestDatabase();
    try {
      await createOriginalTable(original.pool);
      await fillOriginalTable(original.pool, 10);
      const service = start(original.environment);
      expect(await service.exited).toBe(1);
      expect(fatal(service)).toMatchObject([{ level: 'fatal', msg: 'could not start' }]);
      expect(service.stdout).toContain('ADOPT_EXISTING=true');
      expect(service.stderr).toBe('');
    } finally {
      await original.drop();
    }
  });

  it('for a port that is taken', async () => {
    const other: Server = createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const service = start({ PORT_USER_PROGRESS: String(port) });
    expect(await service.exited).toBe(1);
    expect(fatal(service)).toMatchObject([{ level: 'fatal', msg: 'could not listen', port }]);
    expect(service.stderr).toBe('');
    other.close();
  });
});

describe('a process ends when it is asked to', () => {
  const stop = async (service: BuiltProgram, port: number): Promise<number> => {
    await untilReady(port);
    service.kill('SIGTERM');
    return service.exited;
  };

  it('when standard output and standard error are on a full disk', async () => {
    descriptors.push(openSync('/dev/full', 'w'));
    const [full] = descriptors;
    const port = await freePort();
    const service = start({ PORT_USER_PROGRESS: String(port) }, { output: full!, errors: full! });
    expect(await stop(service, port)).toBe(0);
  });

  it('after its grace, with 1, when a client does not send what it has begun', async () => {
    const port = await freePort();
    const service = start({ PORT_USER_PROGRESS: String(port), SHUTDOWN_GRACE_MS: '1000' });
    await untilReady(port);
    const client = connect(port, '127.0.0.1');
    client.on('error', () => {});
    client.write(`POST /userProgress/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n`);
    expect(await stop(service, port)).toBe(1);
    expect(service.lines().at(-1)).toMatchObject({ level: 'error', msg: 'did not stop in time' });
  });

  it('when a thread is held, as by a name server that does not answer', async () => {
    const pipe = join(folder, 'held');
    spawnSync('mkfifo', [pipe]);
    const hold = `import fs from 'node:fs'; fs.open('${pipe}', 'r', () => {})`;
    const port = await freePort();
    const service = start(
      { PORT_USER_PROGRESS: String(port) },
      { node: ['--import', `data:text/javascript,${encodeURIComponent(hold)}`] },
    );
    expect(await stop(service, port)).toBe(0);
    expect(service.stdout).toContain('"stopping"');
  });
});

it('a process that meets a fault of ours ends with 1, though nobody reads what it prints', async () => {
  const pipe = join(folder, 'unread');
  spawnSync('mkfifo', [pipe]);
  const unread = openSync(pipe, constants.O_RDWR);
  descriptors.push(unread);
  const fail = `
    process.on('newListener', (name) => name === 'uncaughtException' && setTimeout(() => {
      for (let line = 0; line < 100; line += 1) process._rawDebug('x'.repeat(1_000));
      throw new Error('unforeseen');
    }, 500))`;
  const service = start(
    { ...NOWHERE, LOG_LEVEL: 'trace' },
    {
      node: ['--import', `data:text/javascript,${encodeURIComponent(fail)}`],
      errors: unread,
    },
  );
  expect(await service.exited).toBe(1);
  expect(service.lines().filter(({ level }) => level === 'fatal')).toMatchObject([
    { msg: 'uncaught exception', err: { message: 'unforeseen' } },
  ]);
});
