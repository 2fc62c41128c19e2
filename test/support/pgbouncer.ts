import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../sandbox/servers/child.ts';
import { freePort } from '../../sandbox/servers/free-port.ts';
import { unprivileged } from '../../sandbox/servers/unprivileged.ts';
import type { DatabaseServer } from './database-server.ts';

const PATH = `${process.env['PATH']}:/usr/sbin`;
/** The first version that follows prepared statements, unless it is told not to. */
const FOLLOWS_STATEMENTS = [1, 21];

/** The version that is installed, for instance [1, 18]; null where there is none. */
export function pgbouncerVersion(): number[] | null {
  const { stdout } = spawnSync('pgbouncer', ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  const version = /PgBouncer (\d+)\.(\d+)/.exec(stdout ?? '');
  return version && version.slice(1).map(Number);
}

/** A PgBouncer in transaction mode that loses prepared statements, as those older than 1.21 do. */
export async function startOldPgbouncer(
  server: DatabaseServer,
): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'progress-pgbouncer-'));
  const port = await freePort();
  const [major, minor] = pgbouncerVersion()!;
  const follows = major! > FOLLOWS_STATEMENTS[0]! || minor! >= FOLLOWS_STATEMENTS[1]!;
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(users, `"${server.user}" "${server.password}"\n`);
  writeFileSync(
    settings,
    `[databases]
     * = host=${server.host} port=${server.port}
     [pgbouncer]
     listen_addr = 127.0.0.1
     listen_port = ${port}
     unix_socket_dir =
     auth_type = plain
     auth_file = ${users}
     pool_mode = transaction
     default_pool_size = 3
     ignore_startup_parameters = statement_timeout,lock_timeout,idle_in_transaction_session_timeout
     ${follows ? 'max_prepared_statements = 0' : ''}`.replaceAll(/^ +/gm, ''),
  );
  const runner = unprivileged([]);
  for (const path of [folder, users, settings]) {
    chmodSync(path, 0o755);
    runner.own(path);
  }
  const child = startChild('pgbouncer', 'pgbouncer', [settings], {
    environment: { ...process.env, PATH },
    removeAfterwards: folder,
    uid: runner.uid,
    gid: runner.gid,
    stopSignal: 'SIGTERM',
  });
  await child.line(/process up/);
  return { port, stop: () => child.stop('SIGTERM') };
}
