import { Inject, Injectable } from '@nestjs/common';
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
  async query<Row extends object>(
    { name, text }: Statement<Row>,
    values: unknown[],
  ): Promise<Row[]> {
    const begun = performance.now();
    const executor = this.transactions.connection ?? this.transactions.pool;
    const { rows } = await executor.query<Row>({ name, text, values });
    observeQuery(name, performance.now() - begun, this.environment);
    return rows;
  }
}
