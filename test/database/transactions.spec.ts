import pg from 'pg';
import type { Duplex } from 'node:stream';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BoundedClient,
  type BoundedClientConfig,
} from '../../src/common/database/bounded-client.js';
import { Transactions } from '../../src/common/database/transactions.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const UNKNOWN = { code: 'SERVICE_UNAVAILABLE', details: { outcome: 'unknown' } };

let database: TestDatabase;
let pool: pg.Pool;
let transactions: Transactions;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query('CREATE TABLE note (text varchar PRIMARY KEY)');
  await database.pool.query(
    'CREATE TABLE deferred_note (text varchar UNIQUE DEFERRABLE INITIALLY DEFERRED)',
  );
  const { host, port, user, password } = database.pool.options;
  const options: pg.PoolConfig & BoundedClientConfig = {
    ...{ host, port, user, password, database: database.name },
    Client: BoundedClient,
    pipeline: true,
    max: 1,
  };
  pool = new pg.Pool(options);
  pool.on('error', () => undefined);
  transactions = new Transactions({ driver: { master: pool } } as unknown as DataSource);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE note');
});

const query = (text: string): Promise<unknown> => transactions.connection!.query(text);
const note = (text: string): Promise<unknown> => query(`INSERT INTO note VALUES ('${text}')`);

async function notes(): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>('SELECT text FROM note');
  return rows.map(({ text }) => text);
}

/** Ends the connection without a word, as a network does. */
function cut(client: pg.PoolClient): void {
  (client as unknown as { connection: { stream: Duplex } }).connection.stream.destroy();
}

describe('a transaction whose COMMIT is sent behind its last statements', () => {
  it('is committed when they succeed', async () => {
    const answer = transactions.run(async () => {
      const writing = Promise.all([note('one'), note('two')]);
      transactions.pipelineCommit();
      await writing;
      return 'done';
    });
    await expect(answer).resolves.toBe('done');
    expect(await notes()).toEqual(['one', 'two']);
  });

  it('is rolled back when one of them fails, and its connection goes on', async () => {
    const answer = transactions.run(async () => {
      const writing = Promise.all([note('one'), note('one'), note('three')]);
      transactions.pipelineCommit();
      await writing;
    });
    await expect(answer).rejects.toMatchObject({ code: '23505' });
    expect(await notes()).toEqual([]);
    await transactions.run(() => note('next'));
    expect(await notes()).toEqual(['next']);
    expect(pool.totalCount).toBe(1);
  });

  it('failed when the server ends the connection during the statements', async () => {
    const answer = transactions.run(async () => {
      const writing = Promise.all([
        note('one'),
        query('SELECT pg_terminate_backend(pg_backend_pid())'),
      ]);
      transactions.pipelineCommit();
      await writing;
    });
    await expect(answer).rejects.toMatchObject({ code: '57P01' });
    expect(await notes()).toEqual([]);
  });

  it('may have been committed when the connection is lost before the statements are answered', async () => {
    const answer = transactions.run(async () => {
      const writing = note('one');
      transactions.pipelineCommit();
      const client = transactions.connection!;
      setImmediate(() => cut(client));
      await writing;
    });
    await expect(answer).rejects.toMatchObject(UNKNOWN);
  });

  it('is not said to have failed when only what came after it did', async () => {
    const answer = transactions.run(async () => {
      const writing = note('one');
      transactions.pipelineCommit();
      await writing;
      throw new Error('a mistake');
    });
    await expect(answer).rejects.toMatchObject(UNKNOWN);
    expect(await notes()).toEqual(['one']);
  });
});

describe('a transaction', () => {
  it('is not acknowledged when a failure inside was passed over', async () => {
    const answer = transactions.run(() => query('SELECT nothing').catch(() => 'passed over'));
    await expect(answer).rejects.toThrow('COMMIT was answered with ROLLBACK');
  });

  it('writes nothing when it could not begin', async () => {
    const held = await pool.connect();
    const { query: send } = held;
    held.query = ((...args: unknown[]) =>
      (send as (...args: unknown[]) => unknown)(
        ...(args[0] === 'BEGIN' ? ['BEGIN NOTHING'] : args),
      )) as typeof held.query;
    held.release();
    const answer = transactions.run(async () => {
      await query('SELECT 1');
      await note('one');
    });
    await expect(answer).rejects.toMatchObject({ code: '42601' });
    expect(await notes()).toEqual([]);
    await transactions.run(() => note('next'));
    expect(await notes()).toEqual(['next']);
  });
});

describe('a statement that commits itself', () => {
  const note = (text: string) => (client: pg.PoolClient) =>
    client.query(`INSERT INTO note VALUES ('${text}')`);

  it('is committed when it returns', async () => {
    await transactions.autocommit(note('one'));
    expect(await notes()).toEqual(['one']);
  });

  it('writes nothing when it fails, and its connection goes on', async () => {
    await transactions.autocommit(note('one'));
    await expect(transactions.autocommit(note('one'))).rejects.toMatchObject({ code: '23505' });
    await transactions.autocommit(note('next'));
    expect(await notes()).toEqual(['one', 'next']);
    expect(pool.totalCount).toBe(1);
  });

  it('may have been committed when the connection is lost before it is answered', async () => {
    const answer = transactions.autocommit(async (client) => {
      const writing = client.query("INSERT INTO note SELECT 'one' FROM pg_sleep(0.2)");
      setImmediate(() => cut(client));
      return writing;
    });
    await expect(answer).rejects.toMatchObject(UNKNOWN);
    await expect(transactions.autocommit(note('next'))).resolves.toBeDefined();
  });

  it('is not answered before it is committed', async () => {
    // The constraint is checked at COMMIT, when the statement's rows have been sent.
    const answer = transactions.autocommit((client) =>
      client.query("INSERT INTO deferred_note VALUES ('one'), ('one') RETURNING text"),
    );
    await expect(answer).rejects.toMatchObject({ code: '23505' });
  });

  it('leaves a server that takes no changes', async () => {
    const add = (text: string) => transactions.autocommit(note(text));
    await transactions.autocommit((client) =>
      client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY'),
    );
    await expect(add('one')).rejects.toMatchObject({ code: '25006' });
    await add('two');
    expect(await notes()).toEqual(['two']);
  });

  it('may have been committed when the server ends the connection, which is not used again', async () => {
    const answer = transactions.autocommit(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const writing = client.query("INSERT INTO note SELECT 'one' FROM pg_sleep(10)");
      const ending = database.pool.query('SELECT pg_terminate_backend($1::int)', [rows[0]!.pid]);
      await Promise.all([writing, ending]);
    });
    await expect(answer).rejects.toMatchObject(UNKNOWN);
    await expect(transactions.autocommit(note('next'))).resolves.toBeDefined();
  });

  it('failed when it was cancelled because it took too long', async () => {
    const set = (text: string) => transactions.autocommit((client) => client.query(text));
    await set('SET statement_timeout = 1');
    const answer = set("INSERT INTO note SELECT 'one' FROM pg_sleep(10)");
    await expect(answer).rejects.toMatchObject({ code: '57014' });
    await set('RESET statement_timeout');
  });
});

it('work apart is committed by itself, though the transaction that it is beside fails', async () => {
  const beside = new Transactions({ driver: { master: database.pool } } as unknown as DataSource);
  const write = (text: string) => beside.connection!.query('INSERT INTO note VALUES ($1)', [text]);
  const failing = beside.run(async () => {
    await write('within');
    await beside.apart(() => beside.run(() => write('apart')));
    throw new Error('it fails');
  });
  await expect(failing).rejects.toThrow('it fails');
  const { rows } = await database.pool.query('SELECT text FROM note');
  expect(rows).toEqual([{ text: 'apart' }]);
});
