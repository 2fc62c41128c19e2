import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client, Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { commitInDoubt, isConnectionLost, leavesCommitInDoubt } from '../errors/database-error.js';
import { sqlState } from '../errors/sql-state.js';

interface Unit {
  readonly client: PoolClient;
  /** COMMIT, where it was sent before the statements ahead of it were answered. */
  committing?: Promise<void>;
}

/**
 * The boundary of a transaction, as a facade declares it. What runs inside finds the transaction's connection by
 * itself (`Database`), however deep it is; a transaction inside another joins it.
 */
@Injectable()
export class Transactions {
  private readonly current = new AsyncLocalStorage<Unit>();

  constructor(private readonly dataSource: DataSource) {}

  /** The connection of the transaction that is under way, if one is. */
  get connection(): PoolClient | undefined {
    return this.current.getStore()?.client;
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
    const unit: Unit = { client };
    let lost = false;
    try {
      // Sent together with the work's first statements: a connection answers in the order in which it was asked.
      const begun = begin(client);
      const [beginning, worked] = await Promise.allSettled([begun, this.current.run(unit, work)]);
      if (beginning.status === 'rejected') {
        throw unit.committing ? commitInDoubt(beginning.reason) : (beginning.reason as Error);
      }
      if (worked.status === 'rejected') throw await failureOf(unit, worked.reason as Error);
      await (unit.committing ?? commit(client));
      return worked.value;
    } catch (error) {
      lost = isConnectionLost(error) || !(await rollBack(client));
      throw error;
    } finally {
      // A connection that did not answer may still be busy with our statement: it must never serve another request.
      client.release(lost);
    }
  }

  /**
   * Sends COMMIT behind the statements that the work has just sent, a round trip before they are answered. They must be
   * its last, and nothing may be left to decide by their answers: PostgreSQL commits if all of them succeed.
   */
  pipelineCommit(): void {
    const unit = this.current.getStore();
    if (!unit) return;
    unit.committing = commit(unit.client);
    // Whoever runs the transaction asks for it, but not where a statement ahead of it tells more.
    unit.committing.catch(() => undefined);
  }
}

/** What comes behind a BEGIN that failed would be committed statement by statement: nothing more is let through. */
async function begin(client: PoolClient): Promise<void> {
  try {
    await client.query('BEGIN');
  } catch (error) {
    void (client as unknown as Client).end();
    throw error;
  }
}

async function commit(client: PoolClient): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query('COMMIT'));
  } catch (error) {
    throw leavesCommitInDoubt(error) ? commitInDoubt(error) : error;
  }
  // So PostgreSQL answers where a statement failed before.
  if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`);
}

/** What the caller is told of work that failed. */
async function failureOf({ committing }: Unit, error: Error): Promise<Error> {
  // PostgreSQL refused a statement: then COMMIT, wherever it was, did not commit.
  if (!committing || sqlState(error) !== null) return error;
  return committing.then(
    () => commitInDoubt(error),
    (doubt: Error) => doubt,
  );
}

async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
