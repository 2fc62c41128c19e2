import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { dataSourceOptions } from './data-source-options.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { Transactions } from './transactions.js';

const RETRY_MS = 1_000;
const ATTEMPTS = 30;

/** The connection pool, its migrations, statements and transactions. */
@Global()
@Module({})
export class DatabaseModule {
  static forEntities(entities: (new () => object)[]): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [ENVIRONMENT],
          useFactory: (environment: Environment) => ({
            ...dataSourceOptions(environment),
            entities,
            retryAttempts: 0,
          }),
          dataSourceFactory: async (options) =>
            connect(new DataSource(options as DataSourceOptions)),
        }),
      ],
      providers: [Database, Transactions],
      exports: [Database, Transactions],
    };
  }
}

/** A service may start before its database does: it waits for half a minute, then lets its supervisor decide. */
async function connect(dataSource: DataSource): Promise<DataSource> {
  const logger = new Logger('Database');
  for (let attempt = 1; ; attempt += 1) {
    try {
      await dataSource.initialize();
      break;
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      logger.warn({ msg: 'the database cannot be reached yet', attempt, err: error });
      await sleep(RETRY_MS);
    }
  }
  await migrate(dataSource);
  return dataSource;
}
