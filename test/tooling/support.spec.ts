import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { databaseFilledOnce } from '../support/filled-database.ts';
import { startNatsServer } from '../support/nats.ts';
import { waitFor } from '../support/wait-for.ts';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is migrated and empty', async () => {
    const { rows } = await database.pool.query(
      'SELECT count(*)::int AS records FROM user_progress',
    );
    expect(rows).toEqual([{ records: 0 }]);
  });

  it('is nobody else’s', async () => {
    const other = await createTestDatabase();
    await other.pool.query('CREATE TABLE mine ()');
    const { rows } = await database.pool.query("SELECT to_regclass('mine') AS found");
    expect(rows).toEqual([{ found: null }]);
    await other.drop();
  });
});

it('a database that is filled once is filled by the first who asks, and each copy is its own', async () => {
  let filled = 0;
  const fill = async ({ pool }: TestDatabase) => {
    filled += 1;
    await pool.query('CREATE TABLE mine AS SELECT 1 AS row');
  };
  const ask = () => databaseFilledOnce('support_spec', fill);
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(filled).toBe(1);
  await one.pool.query('DELETE FROM mine');
  expect((await other.pool.query('SELECT FROM mine')).rowCount).toBe(1);
  await Promise.all([one.drop(), other.drop()]);
});

describe('a nats-server of a test', () => {
  it('comes back on its port after a kill', async () => {
    const server = await startNatsServer();
    const connection = await connect({ servers: server.url, reconnectTimeWait: 20 });
    const before = server.pid;
    await server.stop('SIGKILL');
    await server.restart();
    expect(server.pid).not.toBe(before);
    await waitFor(() => connection.flush().then(() => true), {
      message: 'the client is connected again',
    });
    await connection.close();
    await server.stop();
  });
});

describe('waitFor', () => {
  it('says what did not happen, and why', async () => {
    const reason = new Error('still broken');
    const failing = () => {
      throw reason;
    };
    await expect(waitFor(failing, { timeoutMs: 30, message: 'it works' })).rejects.toMatchObject({
      message: 'Not within 30 ms: it works',
      cause: reason,
    });
  });
});
