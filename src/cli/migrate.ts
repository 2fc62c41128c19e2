import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { migrate, schemaDrift } from '../common/database/migrate.js';
import { revertLastMigration, type Loss } from '../common/database/revert.js';
import { AdoptExisting } from '../modules/user-progress/adoption/adopt-existing.js';
import { commandEnvironment, runOnDatabase } from './command.js';

const USAGE = `usage: npm run migration:run                   migrate to the newest schema
       npm run migration:revert                revert the newest migration, unless that drops data
       npm run migration:revert -- --force     revert it, and drop that data
       npm run migration:check                 compare the migrations with the entities`;

const commands: Record<string, (dataSource: DataSource) => Promise<number>> = {
  run: migrateToNewest,
  revert: (dataSource) => revert(dataSource, false),
  'revert --force': (dataSource) => revert(dataSource, true),
  check,
};

const command = commands[process.argv.slice(2).join(' ')];
if (!command) {
  console.error(USAGE);
  process.exit(2);
}
const environment = commandEnvironment();
await runOnDatabase(environment, command);

async function migrateToNewest(dataSource: DataSource): Promise<number> {
  let ran = 0;
  const tell = (migration: string): void => {
    ran += 1;
    console.log(`ran ${migration}`);
  };
  await migrate(dataSource, new AdoptExisting(environment), tell);
  if (ran === 0) console.log('Nothing to run: the schema is up to date.');
  return 0;
}

async function revert(dataSource: DataSource, force: boolean): Promise<number> {
  const outcome = await revertLastMigration(dataSource, {
    force,
    tell: (migration, losses) => {
      console.log(`reverting ${migration}`);
      for (const loss of losses) console.log(`  drops ${described(loss)}`);
    },
  });
  if (outcome === 'refused') {
    console.error(
      'Nothing was changed: that is data. Dump what you want to keep, then add --force.',
    );
    return 1;
  }
  console.log(outcome === 'reverted' ? 'reverted' : 'There is no migration to revert.');
  return 0;
}

function described({ name, count }: Loss): string {
  return name.includes('.')
    ? `column ${name} (values other than its default: ${count})`
    : `table ${name} (rows: ${count})`;
}

async function check(dataSource: DataSource): Promise<number> {
  await migrate(dataSource);
  const drift = await schemaDrift(dataSource);
  for (const statement of drift) console.error(statement);
  return drift.length === 0 ? 0 : 1;
}
