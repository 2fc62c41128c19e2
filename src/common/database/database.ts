import { Injectable } from '@nestjs/common';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';

/** One SQL statement under a name: PostgreSQL parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * The way in for hand-written SQL: the current transaction's connection where there is one
 * (`@Transactional()`), else any connection of TypeORM's pool. Only proxies use it.
 */
@Injectable()
export class Database {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transaction: TransactionHost<TransactionalAdapterTypeOrm>,
  ) {}

  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const result: QueryResult<Row> = await (
      await this.executor()
    ).query<Row>({ name: statement.name, text: statement.text, values });
    return result.rows;
  }

  private async executor(): Promise<Pool | PoolClient> {
    if (this.transaction.isTransactionActive()) {
      const runner = this.transaction.tx.queryRunner;
      if (runner) return (await runner.connect()) as PoolClient;
    }
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}
