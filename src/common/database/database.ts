import { Inject, Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { observeQuery } from '../logging/query-log.js';
import { Transactions } from './transactions.js';

/** One SQL statement under a name: PostgreSQL parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * The way in for hand-written SQL: on the connection of the transaction that is under way, else on any of the pool.
 * Only proxies use it.
 */
@Injectable()
export class Database {
  constructor(
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async query<Row extends QueryResultRow>(
    { name, text }: Statement,
    values: unknown[],
  ): Promise<Row[]> {
    const begun = performance.now();
    const executor = this.transactions.connection ?? this.transactions.pool;
    const { rows } = await executor.query<Row>({ name, text, values });
    observeQuery(name, performance.now() - begun, this.environment);
    return rows;
  }
}
