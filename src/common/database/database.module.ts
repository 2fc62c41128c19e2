import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { connect } from './connect.js';
import { dataSourceOptions } from './data-source-options.js';
import { Database } from './database.js';
import { migrate, type Takeover } from './migrate.js';
import { Placement } from './placement/placement.js';
import { Primary } from './primary.js';
import { Transactions } from './transactions.js';

const logger = new Logger('Database');

/** The connection pool, its migrations, statements and transactions. */
@Global()
@Module({})
export class DatabaseModule {
  /** @param takeover takes over tables of another service whose names collide with ours */
  static forEntities(
    entities: (new () => object)[],
    takeover?: (environment: Environment) => Takeover,
  ): DynamicModule {
    let prepared: Takeover | undefined;
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [ENVIRONMENT],
          useFactory: (environment: Environment) => {
            prepared = takeover?.(environment);
            // `connect` has tried again already, where that helps. Nest would call every error a lost connection.
            return { ...dataSourceOptions(environment), entities, toRetry: () => false };
          },
          dataSourceFactory: (options) =>
            connect(new DataSource(options as DataSourceOptions), (dataSource) =>
              migrate(dataSource, prepared, (migration) =>
                logger.log({ msg: 'migration ran', migration }),
              ),
            ),
        }),
      ],
      providers: [Database, Transactions, Primary, Placement],
      exports: [Database, Transactions, Primary, Placement],
    };
  }
}
