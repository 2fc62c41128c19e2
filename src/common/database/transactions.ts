import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { commitInDoubt, isConnectionLost, leavesCommitInDoubt } from '../errors/database-error.js';

/**
 * The boundary of a transaction, as a facade declares it. What runs inside finds the transaction's connection by
 * itself (`Database`), however deep it is; a transaction inside another joins it.
 */
@Injectable()
export class Transactions {
  private readonly current = new AsyncLocalStorage<PoolClient>();

  constructor(private readonly dataSource: DataSource) {}

  /** The connection of the transaction that is under way, if one is. */
  get connection(): PoolClient | undefined {
    return this.current.getStore();
  }

  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /**
   * Runs the work in a transaction: committed when it returns, rolled back when it throws.
   * @throws ServiceUnavailableError with `outcome: 'unknown'` when the connection is lost during COMMIT: nobody knows
   *   then which of the two happened.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.connection) return work();
    const client = await this.pool.connect();
    let lost = false;
    try {
      // Sent together with the work's first statements: a connection answers in the order in which it was asked.
      const begun = client.query('BEGIN');
      const [beginning, worked] = await Promise.allSettled([begun, this.current.run(client, work)]);
      if (beginning.status === 'rejected') throw beginning.reason as Error;
      if (worked.status === 'rejected') throw worked.reason as Error;
      await commit(client);
      return worked.value;
    } catch (error) {
      lost = isConnectionLost(error) || !(await rollBack(client));
      throw error;
    } finally {
      // A connection that did not answer may still be busy with our statement: it must never serve another request.
      client.release(lost);
    }
  }
}

async function commit(client: PoolClient): Promise<void> {
  try {
    await client.query('COMMIT');
  } catch (error) {
    throw leavesCommitInDoubt(error) ? commitInDoubt(error) : error;
  }
}

async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
