import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from './database.js';
import { Transactions } from './transactions.js';

interface Sent {
  name: string;
  values: unknown[];
}

/** Stands for `DatabaseModule`, without a database: nothing is stored. */
@Global()
@Module({})
export class MemoryDatabaseModule {
  /** @param rowsOf what a statement returns, by its name and parameters */
  static answering(rowsOf: (name: string, values: unknown[]) => object[]): DynamicModule {
    /** Answers like a connection of `pg`. */
    const connection = {
      query: async (sent: Sent | string) =>
        typeof sent === 'string'
          ? { command: sent, rows: [] }
          : { rows: rowsOf(sent.name, sent.values) },
      release: () => undefined,
    };
    const pool = { query: connection.query, connect: async () => connection };
    const dataSource = { driver: { master: pool } };
    return {
      module: MemoryDatabaseModule,
      providers: [{ provide: DataSource, useValue: dataSource }, Database, Transactions],
      exports: [DataSource, Database, Transactions],
    };
  }
}
