import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../../../sandbox/servers/postgres.ts';
import { startServer, type Postgres } from './postgres.ts';

/** A server that follows another one, and can replace it. */
export class Standby {
  readonly server: PostgresServer;
  private readonly dataDir: string;

  private constructor(server: PostgresServer, dataDir: string) {
    this.server = server;
    this.dataDir = dataDir;
  }

  /**
   * Restarts the server, with a standby that starts from a copy of its data. From then on, nothing is acknowledged
   * before the standby has it.
   */
  static async create(primary: Postgres, dataDir: string): Promise<Standby> {
    mkdirSync(dirname(dataDir), { recursive: true });
    await primary.stop();
    primary.copyData(dataDir);
    await primary.start();
    const { host, port, user, password } = primary.direct;
    const follow = `host=${host} port=${port} user=${user} password=${password}`;
    appendFileSync(join(dataDir, 'postgresql.auto.conf'), `primary_conninfo = '${follow}'\n`);
    writeFileSync(join(dataDir, 'standby.signal'), '');
    const server = await startServer(dataDir);
    await untilStreaming(primary);
    await primary.query(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
    await primary.query('SELECT pg_reload_conf()');
    return new Standby(server, dataDir);
  }

  async promote(to: Postgres): Promise<void> {
    const { host, port, user, password } = this.server;
    const client = new pg.Client({ host, port, user, password, database: 'postgres' });
    await client.connect();
    await client.query('SELECT pg_promote()');
    await client.end();
    await to.useServer(this.server, this.dataDir);
  }
}

async function untilStreaming(primary: Postgres): Promise<void> {
  for (;;) {
    const rows = await primary.query(`SELECT FROM pg_stat_replication WHERE state = 'streaming'`);
    if (rows.length > 0) return;
    await sleep(50);
  }
}
