import { Inject, Injectable } from '@nestjs/common';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { observeQuery } from '../logging/query-log.js';

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
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const executor = await this.executor();
    const begun = performance.now();
    const { name, text } = statement;
    const result: QueryResult<Row> = await executor.query<Row>({ name, text, values });
    observeQuery(name, performance.now() - begun, this.environment);
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
