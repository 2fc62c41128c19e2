import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../common/database/data-source-options.js';
import { migrate, revertLastMigration, schemaDrift } from '../common/database/migrate.js';
import { environmentOrExit } from '../config/environment-or-exit.js';
import { ENTITIES } from '../entities.js';
import { AdoptExisting } from '../modules/user-progress/adoption/adopt-existing.js';

/**
 * `run`: migrate to the newest schema. `revert`: undo one migration. `check`: fail when entities and migrations differ.
 */
const commands: Record<string, (dataSource: DataSource) => Promise<number>> = {
  run: async (dataSource) => {
    await migrate(dataSource, new AdoptExisting(environment));
    return 0;
  },
  revert: async (dataSource) => {
    await revertLastMigration(dataSource);
    return 0;
  },
  check: async (dataSource) => {
    await migrate(dataSource);
    const drift = await schemaDrift(dataSource);
    for (const statement of drift) console.error(statement);
    return drift.length === 0 ? 0 : 1;
  },
};

const command = commands[process.argv[2] ?? ''];
if (!command) {
  console.error(`usage: migrate ${Object.keys(commands).join('|')}`);
  process.exit(2);
}
const environment = environmentOrExit();
const dataSource = new DataSource({
  ...dataSourceOptions(environment),
  entities: ENTITIES,
});
await dataSource.initialize();
try {
  process.exitCode = await command(dataSource);
} finally {
  await dataSource.destroy();
}
