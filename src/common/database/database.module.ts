import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { connect } from './connect.js';
import { dataSourceOptions } from './data-source-options.js';
import { Database } from './database.js';
import { Transactions } from './transactions.js';

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
