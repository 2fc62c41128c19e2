// Checks that the original's table is adopted exactly although the adopting process is killed twice, and measures how
// long that takes. After a build: `node test/resilience/adoption.ts [--rows 1000000] [--kills 2]`. Exit code 1 on any
// difference.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startChild, type Child } from '../../sandbox/servers/child.ts';
import { freePort } from '../../sandbox/servers/free-port.ts';
import { createOriginalTable, fillOriginalTable } from '../builders/original-table.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';
import { ADOPTION_DIFFERENCES } from './audit/adoption.ts';
import { startServer } from './stage/postgres.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    kills: { type: 'string', default: '2' },
  },
});
const rows = Number(values.rows);
const kills = Number(values.kills);
const LOOK_EVERY_MS = 20;
const WITHIN_MS = 30 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'progress-adoption-'));
const postgres = await startServer(join(folder, 'data'));
const pool = new pg.Pool({ ...postgres, database: 'postgres', max: 2 });
const port = await freePort();
const environment = {
  ...process.env,
  NODE_ENV: 'test',
  LOG_LEVEL: 'info',
  PORT_USER_PROGRESS: String(port),
  DB_HOST: postgres.host,
  DB_PORT: String(postgres.port),
  POSTGRES_USER: postgres.user,
  POSTGRES_PASSWORD: postgres.password,
  DB_NAME_USER_PROGRESS: 'postgres',
  NATS_URL: 'nats://127.0.0.1:1',
  JWT_SECRET: TEST_SECRET,
  ADOPT_EXISTING: 'true',
};

const run = (name: string, script: string): Child =>
  startChild(name, process.execPath, [join('dist', script)], { environment });
const count = async (statement: string): Promise<number> =>
  (await pool.query<{ count: number }>(statement)).rows[0]!.count;
const imported = (): Promise<number> =>
  count(`SELECT coalesce(max(records), 0)::int AS count FROM adoption`).catch(() => 0);
const seconds = (from: number, to: number) => (to - from) / 1_000;
const shown = (time: number) => `${time.toFixed(1)} s`;

/** Resolves with the time when the condition is met. Fails when the service ends before. */
async function until(
  service: Child,
  message: string,
  isSo: () => Promise<boolean>,
): Promise<number> {
  const failed = service.exited.then((code) => {
    throw new Error(`The service ended with ${code}:\n${service.output()}`);
  });
  const look = async () => {
    while (!(await isSo())) await sleep(LOOK_EVERY_MS);
    return performance.now();
  };
  return Promise.race([failed, waitFor(look, { timeoutMs: WITHIN_MS, message })]);
}

const isReady = () =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Kills the service at a random moment in its share of the import. */
async function killDuringImport(kill: number): Promise<void> {
  const share = (kill + 0.1 + 0.8 * Math.random()) / (kills + 1);
  const service = run('the service', 'main.js');
  await until(service, 'a part is imported', async () => (await imported()) >= share * rows);
  await sleep(Math.random() * 200);
  await service.stop('SIGKILL');
  console.log(`killed after ${(await imported()).toLocaleString('en')} records`);
}

/** Adopts the rest, and prints how fast. */
async function adoptTheRest(): Promise<void> {
  const before = await imported();
  const service = run('the service', 'main.js');
  const started = performance.now();
  const begun = await until(service, 'it goes on', async () => (await imported()) > before);
  const first = await imported();
  const records = await count(
    `SELECT count(DISTINCT ("userId", "lessonId"))::int AS count FROM user_progress_original`,
  );
  const done = await until(service, 'all is imported', async () => (await imported()) === records);
  const ready = await until(service, 'it serves', isReady);
  await service.stop();
  const rate = Math.round((records - first) / seconds(begun, done));
  console.log(
    `${(records - before).toLocaleString('en')} records by the undisturbed process: ` +
      `${shown(seconds(started, ready))} from its start until it serves, of which ` +
      `${shown(seconds(started, begun))} before the first, ${shown(seconds(begun, done))} importing ` +
      `(${rate.toLocaleString('en')} records/s), ${shown(seconds(done, ready))} verifying`,
  );
}

/** @returns how many differences there are */
async function differences(): Promise<number> {
  let found = 0;
  for (const [what, statement] of Object.entries(ADOPTION_DIFFERENCES)) {
    const different = await count(statement);
    console.log(`${what}: ${different}`);
    found += different;
  }
  const verify = run('progress:verify', join('cli', 'verify.js'));
  const code = await verify.exited;
  console.log(`progress:verify: exit code ${code}, ${verify.output()}`);
  return found + code;
}

try {
  const filling = performance.now();
  await createOriginalTable(pool);
  await fillOriginalTable(pool, rows);
  console.log(
    `${rows.toLocaleString('en')} rows, made in ${shown(seconds(filling, performance.now()))}`,
  );
  for (let kill = 0; kill < kills; kill += 1) await killDuringImport(kill);
  await adoptTheRest();
  process.exitCode = (await differences()) === 0 ? 0 : 1;
} finally {
  await pool.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
