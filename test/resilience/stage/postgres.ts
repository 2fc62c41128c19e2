import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres, type PostgresServer } from '../../../sandbox/servers/postgres.ts';
import { CITUS_WORKERS, isCitus } from '../../support/citus.ts';
import { pick, type Random } from '../load/random.ts';
import { CITUS_SETTINGS, distributeOver, registerAgain } from './citus.ts';
import { Link } from './link.ts';

const DATABASE = 'user_progress';
/** The service's user is no superuser, so limits on connections apply to it. */
const ROLE = 'service';
const PASSWORD = 'service';
const WORKERS = isCitus ? CITUS_WORKERS : [];

/** PostgreSQL with fsync on, with its own data, behind a link. It survives being killed. */
export class Postgres {
  readonly link: Link;
  private dataDir: string;
  private server: PostgresServer;
  private pool: pg.Pool;
  /** The other machines, where the database is distributed over some. */
  private readonly workers: readonly pg.Pool[];

  private constructor(dataDir: string, server: PostgresServer, link: Link) {
    this.dataDir = dataDir;
    this.server = server;
    this.link = link;
    this.pool = administration(server, 'postgres');
    this.workers = WORKERS.map((worker) =>
      administration({ ...worker, user: 'postgres', password: '' }, DATABASE),
    );
  }

  static async start(dataDir: string): Promise<Postgres> {
    const server = await startServer(dataDir);
    const postgres = new Postgres(dataDir, server, await Link.start(server.port));
    await postgres.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`);
    await postgres.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
    await postgres.useServer(server);
    if (isCitus) await distributeOver(server, { user: ROLE, password: PASSWORD }, DATABASE);
    return postgres;
  }

  /** The service's variables, through the link. */
  get environment(): NodeJS.ProcessEnv {
    return {
      DB_HOST: '127.0.0.1',
      DB_PORT: String(this.link.port),
      POSTGRES_USER: ROLE,
      POSTGRES_PASSWORD: PASSWORD,
      DB_NAME_USER_PROGRESS: DATABASE,
    };
  }

  /** The server's own address, not the link's. */
  get direct(): PostgresServer {
    return this.server;
  }

  /** Runs a statement as superuser, not through the link. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(text, values);
    return rows;
  }

  /** A separate connection, not through the link: for holding locks. */
  async connect(): Promise<pg.PoolClient> {
    return this.pool.connect();
  }

  /** Kills the server and all its processes, as a power failure would. */
  async killAll(): Promise<void> {
    const rows = await this.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    kill(this.server.pid);
    for (const { pid } of rows) kill(pid);
    await this.server.stop();
  }

  /**
   * Kills one process that serves the service, on any machine; that server then restarts all others by itself. Resolves
   * when it has begun to.
   */
  async killOneBackend(random: Random): Promise<boolean> {
    const pool = this.workers.length > 0 ? pick(random, [this.pool, ...this.workers]) : this.pool;
    const witness = await pool.connect();
    witness.on('error', () => {});
    const ended = new Promise((resolve) => witness.once('end', resolve));
    const { rows } = await witness.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE usename = $1 ORDER BY random() LIMIT 1',
      [ROLE],
    );
    if (rows[0]) {
      kill(rows[0].pid);
      await ended;
    }
    witness.release(true);
    return rows.length > 0;
  }

  async terminateBackends(): Promise<void> {
    await this.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
      ROLE,
    ]);
  }

  /** Limits the service's connections; -1: no limit. */
  async limitConnections(maximum: number): Promise<void> {
    await this.query(`ALTER ROLE ${ROLE} CONNECTION LIMIT ${maximum}`);
  }

  /** Stops it cleanly, also when it has ended before. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  async start(): Promise<void> {
    await this.useServer(await startServer(this.dataDir));
    // All machines hear of it, and one of them may still be recovering.
    while (isCitus && !(await succeeds(registerAgain(this.pool, this.server)))) await sleep(50);
  }

  /** A server that recovers by itself needs a moment. */
  async untilAnswers(): Promise<void> {
    while (!(await this.answers())) await sleep(50);
  }

  /** Whether every machine answers. */
  async answers(): Promise<boolean> {
    const machines = [this.pool, ...this.workers];
    return succeeds(Promise.all(machines.map((pool) => pool.query('SELECT 1'))));
  }

  /** Replaces the server, also for the service. */
  async useServer(server: PostgresServer, dataDir = this.dataDir): Promise<void> {
    const before = this.pool;
    this.server = server;
    this.dataDir = dataDir;
    this.pool = administration(server, DATABASE);
    this.link.retarget(server.port);
    await before.end().catch(() => undefined);
  }

  /** Copies the data of a stopped server. */
  copyData(to: string): void {
    for (const suffix of ['', '-password']) {
      rmSync(to + suffix, { recursive: true, force: true });
      // Keeps the owner, which is another user when we are root.
      const { status } = spawnSync('cp', ['-a', this.dataDir + suffix, to + suffix]);
      if (status !== 0) throw new Error(`${this.dataDir} could not be copied`);
    }
  }

  async close(): Promise<void> {
    for (const pool of [this.pool, ...this.workers]) await pool.end().catch(() => undefined);
    await this.link.close();
    await this.server.stop();
  }
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

function administration(
  { host, port, user, password }: Pick<PostgresServer, 'host' | 'port' | 'user' | 'password'>,
  database: string,
): pg.Pool {
  const pool = new pg.Pool({ host, port, user, password, database, max: 4 });
  // The server is killed on purpose.
  pool.on('error', () => {});
  return pool;
}

/** Uses the programs in TEST_PG_BIN, as other tests do; else the embedded PostgreSQL's. */
export function startServer(dataDir: string): Promise<PostgresServer> {
  const binDir = process.env['TEST_PG_BIN'];
  const settings = isCitus ? { settings: CITUS_SETTINGS } : {};
  return startPostgres({ dataDir, ...settings, ...(binDir ? { binDir } : {}) });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
