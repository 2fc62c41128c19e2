import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client, Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import {
  commitInDoubt,
  isConnectionLost,
  isReadOnly,
  leavesCommitInDoubt,
} from '../errors/database-error.js';
import { sqlState } from '../errors/sql-state.js';
import { ANSWER_GRACE_MS, BoundedClient } from './bounded-client.js';
import { renewIdle } from './renew-idle.js';

interface Unit {
  readonly client: PoolClient;
  /** COMMIT, when it was sent before the answers to the statements ahead of it. */
  committing?: Promise<void>;
}

/**
 * The boundary of a transaction; facades declare it. All code inside uses the transaction's connection (through
 * `Database`). A transaction inside another one joins it.
 */
@Injectable()
export class Transactions {
  private readonly current = new AsyncLocalStorage<Unit>();

  constructor(private readonly dataSource: DataSource) {}

  /** The connection of the current transaction, if there is one. */
  get connection(): PoolClient | undefined {
    return this.current.getStore()?.client;
  }

  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /**
   * Runs the work in a transaction: committed when it returns, rolled back when it throws.
   * @throws ServiceUnavailableError with `outcome: 'unknown'` when the connection is lost during COMMIT: the
   *   transaction may be committed or not.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.connection) return work();
    const client = await this.pool.connect();
    const unit: Unit = { client };
    let lost = false;
    try {
      // BEGIN is sent together with the work's first statements: a connection answers in order.
      const begun = begin(client);
      const [beginning, worked] = await Promise.allSettled([begun, this.current.run(unit, work)]);
      if (beginning.status === 'rejected') {
        throw unit.committing ? commitInDoubt(beginning.reason) : (beginning.reason as Error);
      }
      if (worked.status === 'rejected') throw await failureOf(unit, worked.reason as Error);
      await (unit.committing ?? commit(client));
      return worked.value;
    } catch (error) {
      const readOnly = isReadOnly(error);
      lost = readOnly || isConnectionLost(error) || !(await rollBack(client));
      if (readOnly) void renewIdle(this.pool);
      throw error;
    } finally {
      // A connection that did not answer may still run our statement. It must never serve another request.
      client.release(lost);
    }
  }

  /**
   * Runs the work in a transaction whose statements, and their waits for locks, may take so many milliseconds: work on
   * many rows takes longer than a request may. Each execution is planned for its own values.
   */
  async patiently<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
    return this.run(async () => {
      const client = this.connection as unknown;
      const bounded = client instanceof BoundedClient ? client : null;
      const usually = bounded?.answerWithinMs ?? 0;
      if (bounded) bounded.answerWithinMs = milliseconds + ANSWER_GRACE_MS;
      try {
        await this.connection!.query(
          `SET LOCAL statement_timeout = ${milliseconds}; SET LOCAL lock_timeout = ${milliseconds};
           SET LOCAL idle_in_transaction_session_timeout = ${milliseconds};
           SET LOCAL plan_cache_mode = force_custom_plan`,
        );
        return await work();
      } finally {
        if (bounded) bounded.answerWithinMs = usually;
      }
    });
  }

  /** Runs the work outside of the current transaction, which goes on beside it. */
  apart<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.current.exit(work);
  }

  /**
   * Runs one statement that PostgreSQL commits by itself, on a connection without a transaction.
   * @throws ServiceUnavailableError with `outcome: 'unknown'` when the connection is lost before the answer: the
   *   statement may be committed or not.
   */
  async autocommit<Result>(statement: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let lost = false;
    try {
      return await statement(client);
    } catch (error) {
      const inDoubt = leavesCommitInDoubt(error);
      const readOnly = isReadOnly(error);
      lost = inDoubt || readOnly;
      if (readOnly) void renewIdle(this.pool);
      throw inDoubt ? commitInDoubt(error) : error;
    } finally {
      client.release(lost);
    }
  }

  /**
   * Sends COMMIT right behind the work's statements, without waiting for their answers. They must be the last, and
   * their results must not change what we do next: PostgreSQL commits if all of them succeed.
   */
  pipelineCommit(): void {
    const unit = this.current.getStore();
    if (!unit) return;
    unit.committing = commit(unit.client);
    // `run` awaits this promise, unless an earlier statement failed with a better error. Then it would be unhandled.
    unit.committing.catch(() => undefined);
  }
}

/**
 * After a failed BEGIN, PostgreSQL would commit each of the following statements by itself. So close the connection.
 */
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
  // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed.
  if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`);
}

/** The error of work that failed, as the caller gets it. */
async function failureOf({ committing }: Unit, error: Error): Promise<Error> {
  // PostgreSQL refused a statement, so a COMMIT behind it did not commit.
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
