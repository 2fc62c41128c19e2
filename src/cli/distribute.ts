import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { distribute } from '../common/database/distribution/distribute.js';
import { commandEnvironment, runOnDatabase } from './command.js';

const USAGE = `usage: npm run distribute                 distribute the learners' tables over the nodes of Citus
       npm run distribute -- --dry-run    only say what that would do`;

const args = process.argv.slice(2).join(' ');
if (args !== '' && args !== '--dry-run') {
  console.error(USAGE);
  process.exit(2);
}
const environment = commandEnvironment();
await runOnDatabase(environment, (dataSource) => distributeDatabase(dataSource, args !== ''));

async function distributeDatabase(dataSource: DataSource, dryRun: boolean): Promise<number> {
  let steps = 0;
  await distribute(dataSource, {
    coordinator: { host: environment.DB_HOST, port: environment.DB_PORT },
    dryRun,
    plan: (due) => {
      steps = due.length;
      if (steps > 0) console.log(['To do:', ...due.map((step) => `  ${step}`)].join('\n'));
    },
    done: (step) => console.log(`done: ${step}`),
  });
  if (steps === 0) console.log('Nothing to do: the database is distributed.');
  return 0;
}
