import type { PoolClient } from 'pg';
import type { Statement } from './statement.js';

/** One connection for work that takes longer than a request, before the service serves. */
export class Session {
  constructor(private readonly client: Pick<PoolClient, 'query'>) {}

  /** @returns rows as the statement's `columns` describe them. */
  async query<Row extends object>(
    { name, text }: Statement<Row>,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await this.client.query<Row>({ name, text, values })).rows;
  }

  /**
   * Runs the work in a transaction: committed when it returns true, else rolled back. @returns the result of the work
   */
  async transaction(work: () => Promise<boolean>): Promise<boolean> {
    await this.client.query('BEGIN');
    let isDone = false;
    try {
      isDone = await work();
    } finally {
      await this.client.query(isDone ? 'COMMIT' : 'ROLLBACK');
    }
    return isDone;
  }

  /** A command that takes no values and returns no rows. */
  async execute(command: string): Promise<void> {
    await this.client.query(command);
  }
}
