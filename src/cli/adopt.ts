import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import type { Pool } from 'pg';
import { migrate } from '../common/database/migrate.js';
import { Session } from '../common/database/session.js';
import { AdoptExisting } from '../modules/user-progress/adoption/adopt-existing.js';
import { AdoptionProxy } from '../modules/user-progress/adoption/proxy/adoption.proxy.js';
import {
  ORIGINAL_TABLE,
  type OriginalName,
} from '../modules/user-progress/adoption/proxy/sql/original-table.js';
import { commandEnvironment, runOnDatabase } from './command.js';

const USAGE = `usage: npm run adopt -- --dry-run         what is in the original service's table, and what would be imported
       npm run adopt                      adopt it, as a start with ADOPT_EXISTING=true does
       npm run adopt -- --drop-original   drop the original's table, once all of it is imported`;
const SHOWN_AT_MOST = 100;
/** Reading a large table may take longer than a request may. */
const STATEMENT_TIMEOUT_MS = 600_000;

const environment = commandEnvironment({
  DB_STATEMENT_TIMEOUT_MS: String(STATEMENT_TIMEOUT_MS),
});

const commands: Record<string, (dataSource: DataSource) => Promise<number>> = {
  '': adopt,
  '--dry-run': dryRun,
  '--drop-original': dropOriginal,
};
const command = process.argv.length <= 3 ? commands[process.argv[2] ?? ''] : undefined;
if (!command) {
  console.error(USAGE);
  process.exit(2);
}
await runOnDatabase(environment, command);

function proxyOf(dataSource: DataSource): AdoptionProxy {
  return new AdoptionProxy(new Session((dataSource.driver as unknown as { master: Pool }).master));
}

async function adopt(dataSource: DataSource): Promise<number> {
  const takeover = new AdoptExisting({ ...environment, ADOPT_EXISTING: true });
  await migrate(dataSource, takeover, (migration) => console.log(`ran ${migration}`));
  console.log('There is nothing (more) to adopt.');
  return 0;
}

/** Shows what an adoption would do. Changes nothing. */
async function dryRun(dataSource: DataSource): Promise<number> {
  const proxy = proxyOf(dataSource);
  const table = await originalTable(proxy);
  if (table === null) {
    console.log('The database holds no table of the original service.');
    return 0;
  }
  const { rows, learners, courses, whole, records } = await proxy.inspect(table);
  console.log(`${table} holds ${rows} rows of ${learners} learners in ${courses} courses.`);
  console.log(
    `${records} records would be imported, times read in ${environment.ADOPT_TIME_ZONE}.`,
  );
  console.log(`${whole - records} rows are duplicates: merged into the record of the same lesson.`);
  console.log(`${rows - whole} rows lack a learner, lesson or course: not imported.`);
  for (const row of await proxy.orphans(table, SHOWN_AT_MOST)) {
    console.log(
      `  ${row.id}: learner ${row.userId}, lesson ${row.lessonId}, course ${row.courseId}`,
    );
  }
  console.log(
    `Certificates of courses that are complete: ADOPT_CERTIFICATES=${environment.ADOPT_CERTIFICATES}.`,
  );
  return 0;
}

async function dropOriginal(dataSource: DataSource): Promise<number> {
  const proxy = proxyOf(dataSource);
  const { movedAside } = await proxy.find();
  if (movedAside && !(await proxy.state())?.finishedAt) {
    console.error('The adoption is not finished: the original’s table stays.');
    return 1;
  }
  await proxy.dropOriginal();
  console.log(movedAside ? `${ORIGINAL_TABLE} is dropped.` : 'There is no such table any more.');
  return 0;
}

async function originalTable(proxy: AdoptionProxy): Promise<OriginalName | null> {
  const { found, movedAside } = await proxy.find();
  if (found) return 'user_progress';
  return movedAside ? ORIGINAL_TABLE : null;
}
