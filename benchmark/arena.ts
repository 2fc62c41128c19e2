import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { freePort } from '../sandbox/servers/free-port.ts';
import { ensureNatsServer } from '../sandbox/servers/nats-binary.ts';
import { startNats } from '../sandbox/servers/nats.ts';
import type { Contender } from './contenders/contender.ts';
import { touchActiveRows } from './data-set/load.ts';
import { activeLearners } from './data-set/shape.ts';
import { copyDatabase } from './data-set/template.ts';
import { ClientProcess } from './load/client-process.ts';
import type { Sample } from './results.ts';
import { committed, type Committed } from './servers/batches.ts';
import { startDatabase, type Database } from './servers/postgres.ts';
import { processorSeconds } from './servers/processor-time.ts';
import { startServer, type ServerProcess } from './servers/server-process.ts';
import { serveUsers } from './servers/users.ts';

/** Database connections, the same for every contender: the default of each. */
const POOL_SIZE = 10;

export interface Load {
  scenario: string;
  connections: number;
  seconds: number;
  warmUp: number;
  rate?: number;
  requests?: number;
}

export interface Entrant {
  readonly name: string;
  readonly contender: Contender;
  readonly database: string;
  readonly servers: readonly ServerProcess[];
}

/** One PostgreSQL, one client, and the servers to compare. `close()` stops everything that it started. */
export class Arena {
  private readonly closers: (() => Promise<void> | void)[] = [];
  private readonly client = new ClientProcess();
  readonly secret = randomBytes(32).toString('hex');
  private readonly logFolder = mkdtempSync(join(tmpdir(), 'progress-benchmark-logs-'));
  readonly database: Database;
  private readonly statistics: Client;
  private readonly natsUrl: string;

  private constructor(database: Database, statistics: Client, natsUrl: string) {
    this.database = database;
    this.statistics = statistics;
    this.natsUrl = natsUrl;
    this.closers.push(() => rmSync(this.logFolder, { recursive: true }));
    this.closers.push(() => this.client.stop());
  }

  static async open(binDir: string | undefined, say: (text: string) => void): Promise<Arena> {
    const nats = await startNats({ binary: ensureNatsServer(say) });
    const stopUsers = await serveUsers(nats.url);
    const database = await startDatabase(binDir);
    const statistics = await database.connect('postgres');
    const arena = new Arena(database, statistics, nats.url);
    arena.closers.unshift(
      () => nats.stop(),
      stopUsers,
      () => database.stop(),
      () => statistics.end(),
    );
    return arena;
  }

  /** Gives a contender a copy of the data, starts it, and registers it with the client. */
  async enter(
    contender: Contender,
    rows: number,
    template: string,
    name = contender.name,
  ): Promise<Entrant> {
    const copy = `copy_${name.replaceAll('-', '_')}`;
    await copyDatabase(this.database, template, copy);
    const client = await this.database.connect(copy);
    await contender.prepare?.(client);
    await touchActiveRows(client, activeLearners(rows));
    await client.end();

    const servers = await this.start(contender, copy, name);
    const { dialect } = contender;
    const ports = servers.map(({ port }) => port);
    await this.client.meet({ contender: name, dialect, ports, rows, secret: this.secret });
    return { name, contender, database: copy, servers };
  }

  /** Starts the processes of a contender on a database. They stop with the arena. */
  async start(contender: Contender, database: string, name: string): Promise<ServerProcess[]> {
    const { host, port: databasePort, user, password } = this.database;
    const surroundings = {
      databaseUrl: this.database.urlOf(database),
      database: { host, port: databasePort, user, password, name: database },
      natsUrl: this.natsUrl,
      jwtSecret: this.secret,
      poolSize: POOL_SIZE,
    };
    const servers: ServerProcess[] = [];
    while (servers.length < contender.processes) {
      const port = await freePort();
      const environment = contender.environment({ port, ...surroundings });
      const server = await startServer(name, contender.program, port, environment, this.logFolder);
      this.closers.push(() => server.stop());
      servers.push(server);
    }
    return servers;
  }

  /** Counts the rows that were written since the start, as autovacuum does within a minute: plans depend on it. */
  async analyze({ database }: Entrant): Promise<void> {
    const client = await this.database.connect(database);
    await client.query('ANALYZE');
    await client.end();
  }

  /** Measures one contender once, with its costs. */
  async measure(entrant: Entrant, load: Load): Promise<Sample> {
    const batchesBefore = await batches(entrant);
    const before = await this.costs(entrant);
    const measurement = await this.client.measure({ contender: entrant.name, ...load });
    const after = await this.costs(entrant);
    const batchesAfter = await batches(entrant);
    const perRequest = (from: number | null, to: number | null): number | null =>
      from === null || to === null ? null : (to - from) / measurement.answered;
    return {
      ...measurement,
      serverMicroseconds: micro(perRequest(before.server, after.server)),
      databaseMicroseconds: micro(perRequest(before.database, after.database)),
      clientMicroseconds: micro(perRequest(before.client, after.client)),
      walBytes: perRequest(before.wal, after.wal),
      batchSize: sizeOfBatches(batchesBefore, batchesAfter),
    };
  }

  /** Seconds of watch time that the client got acknowledged. */
  acknowledged(entrant: Entrant): Promise<number> {
    return this.client.added(entrant.name);
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
  }

  private async costs({ servers }: Entrant): Promise<{
    server: number | null;
    database: number | null;
    client: number | null;
    wal: number;
  }> {
    const { rows } = await this.statistics.query<{ wal: number }>(
      `SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS wal`,
    );
    return {
      server: sum(servers.map(({ pid }) => processorSeconds(pid))),
      database: processorSeconds(this.database.pid),
      client: processorSeconds(this.client.pid),
      wal: rows[0]!.wal,
    };
  }
}

/** Asked outside of what is measured: making metrics takes processor time. */
function batches({ contender, servers }: Entrant): Promise<Committed | null> {
  if (contender.serviceBuild === undefined) return Promise.resolve(null);
  return committed(servers.map(({ port }) => port));
}

function sizeOfBatches(before: Committed | null, after: Committed | null): number | null {
  if (!before || !after || after.batches === before.batches) return null;
  return (after.changes - before.changes) / (after.batches - before.batches);
}

const sum = (values: (number | null)[]): number | null =>
  values.includes(null) ? null : (values as number[]).reduce((total, value) => total + value, 0);

const micro = (seconds: number | null): number | null =>
  seconds === null ? null : seconds * 1_000_000;
