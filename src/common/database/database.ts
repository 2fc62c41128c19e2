import { Inject, Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { observeQuery } from '../logging/query-log.js';
import type { Statement as DescribedStatement } from './statement.js';
import { Transactions } from './transactions.js';

/** To be replaced by `statement.ts` in every module. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly columns?: never;
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

  /** @returns rows as the statement's `columns` describe them. */
  query<Row extends object>(statement: DescribedStatement<Row>, values: unknown[]): Promise<Row[]>;
  query<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]>;
  async query<Row extends QueryResultRow>(
    { name, text }: { name: string; text: string },
    values: unknown[],
  ): Promise<Row[]> {
    const begun = performance.now();
    const executor = this.transactions.connection ?? this.transactions.pool;
    const { rows } = await executor.query<Row>({ name, text, values });
    observeQuery(name, performance.now() - begun, this.environment);
    return rows;
  }
}
