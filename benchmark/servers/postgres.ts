import { accessSync, constants, mkdtempSync, readdirSync } from 'node:fs';
import { totalmem, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { startPostgres, type PostgresServer } from '../../sandbox/servers/postgres.ts';

export interface Database extends PostgresServer {
  /** Connects to one of its databases. The caller must end the connection. */
  connect(name: string): Promise<Client>;
  urlOf(name: string): string;
}

/** Folders in which packages install PostgreSQL's programs, one for each version. */
const PACKAGES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
const GIGABYTE = 1_073_741_824;

/**
 * Settings as in production, with full durability: a commit is on disk before it is acknowledged. Checkpoints are so
 * rare that none happens during a measurement by chance.
 */
function settings(): Record<string, string> {
  const quarter = Math.max(1, Math.min(8, Math.floor(totalmem() / GIGABYTE / 4)));
  return {
    shared_buffers: `${quarter}GB`,
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '300',
    max_wal_size: '32GB',
    checkpoint_timeout: '1h',
    wal_buffers: '64MB',
  };
}

/** Starts an empty PostgreSQL. Its data is deleted when it stops or when this process ends. */
export async function startDatabase(binDir: string | undefined): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'progress-benchmark-'));
  const server = await startPostgres({
    dataDir: join(folder, 'data'),
    throwaway: folder,
    settings: settings(),
    ...(binDir ? { binDir } : {}),
  });
  const { host, port, user, password } = server;
  return {
    ...server,
    urlOf: (name) => `postgres://${user}:${password}@${host}:${port}/${name}`,
    async connect(name) {
      const client = new Client({ host, port, user, password, database: name });
      await client.connect();
      return client;
    },
  };
}

/** The folder that BENCH_PG_BIN names, else the newest installed one. Undefined: use the embedded PostgreSQL. */
export function installedBinaries(): string | undefined {
  if (process.env['BENCH_PG_BIN']) return process.env['BENCH_PG_BIN'];
  const version = (path: string): number => Number(/(\d+)\/bin$/.exec(path)?.[1] ?? 0);
  return PACKAGES.flatMap((folder) => entries(folder).map((name) => join(folder, name, 'bin')))
    .filter((path) => /postgres[^/]*\/(postgresql@)?\d+\/bin$|postgresql@\d+\/bin$/.test(path))
    .filter((path) => isExecutable(join(path, 'postgres')))
    .sort((left, right) => version(right) - version(left))[0];
}

/** pgbench from the folder of the server's programs, or from the PATH. */
export function findPgbench(binDir: string | undefined): string | undefined {
  return [binDir ?? '', ...(process.env['PATH'] ?? '').split(delimiter)]
    .filter(Boolean)
    .map((folder) => join(folder, 'pgbench'))
    .find(isExecutable);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
