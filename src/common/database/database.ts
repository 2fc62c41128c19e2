import { Inject, Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { observeQuery } from '../logging/query-log.js';
import type { Statement } from './statement.js';
import { Transactions } from './transactions.js';

/**
 * Runs hand-written SQL: on the connection of the current transaction, or else on any connection of the pool. Only
 * proxies use it.
 */
@Injectable()
export class Database {
  constructor(
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** @returns rows as the statement's `columns` describe them. */
  query<Row extends object>(statement: Statement<Row>, values: unknown[]): Promise<Row[]> {
    const executor = this.transactions.connection ?? this.transactions.pool;
    return this.queryOn(executor, statement, values);
  }

  /**
   * Runs a statement that is a transaction by itself: it is committed when this returns.
   * @throws ServiceUnavailableError with `outcome: 'unknown'` when the connection is lost before the answer.
   */
  commit<Row extends object>(statement: Statement<Row>, values: unknown[]): Promise<Row[]> {
    return this.transactions.autocommit((client) => this.queryOn(client, statement, values));
  }

  private async queryOn<Row extends object>(
    executor: Pool | PoolClient,
    { name, text }: Statement<Row>,
    values: unknown[],
  ): Promise<Row[]> {
    const begun = performance.now();
    const { rows } = await executor.query<Row>({ name, text, values });
    observeQuery(name, performance.now() - begun, this.environment);
    return rows;
  }
}
