import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { fromDatabaseError } from '../../src/common/errors/database-error.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { platform } from '../builders/catalogue.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { pgbouncerVersion, startOldPgbouncer } from '../support/pgbouncer.ts';
import { startTestApp } from '../support/test-app.ts';
import { TEST_SECRET } from '../support/tokens.ts';

const CONNECTIONS = 6;

let database: TestDatabase;
const dataSources: DataSource[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(dataSources.splice(0).map((dataSource) => dataSource.destroy()));
  await database.drop();
});

async function connect(variables: NodeJS.ProcessEnv): Promise<Pool> {
  const environment = loadEnvironment({
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    DB_POOL_SIZE: String(CONNECTIONS),
    ...database.environment,
    ...variables,
  });
  const dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  dataSources.push(dataSource);
  return (dataSource.driver as unknown as { master: Pool }).master;
}

/** Runs a named statement over all connections, in transactions. @returns the errors */
async function runNamed(pool: Pool): Promise<unknown[]> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  const runs = clients.map(async (client) => {
    try {
      await client.query('BEGIN');
      await client.query({ name: 'add', text: 'SELECT $1::int + 1 AS sum', values: [1] });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
  const results = await Promise.allSettled(runs);
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

async function expectLost(errors: unknown[]): Promise<void> {
  expect(errors).not.toEqual([]);
  for (const error of errors) {
    expect((error as { hint: string }).hint).toContain('set DB_PREPARED_STATEMENTS=false');
    expect(fromDatabaseError(error)?.code).toBe('SERVICE_UNAVAILABLE');
  }
}

describe('a pooler that loses prepared statements', () => {
  const forget = async (pool: Pool) => {
    const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
    for (const client of clients) {
      await client.query('DEALLOCATE ALL');
      client.release();
    }
  };

  it('is told from a fault of ours, and the error says what to set', async () => {
    const pool = await connect({});
    expect(await runNamed(pool)).toEqual([]);
    await forget(pool);
    await expectLost(await runNamed(pool));
  });

  it('does no harm with DB_PREPARED_STATEMENTS=false', async () => {
    const pool = await connect({ DB_PREPARED_STATEMENTS: 'false' });
    expect(await runNamed(pool)).toEqual([]);
    await forget(pool);
    expect(await runNamed(pool)).toEqual([]);
  });
});

describe.runIf(pgbouncerVersion())('PgBouncer in transaction mode, as it was before 1.21', () => {
  let pooler: Awaited<ReturnType<typeof startOldPgbouncer>>;
  beforeEach(async () => {
    pooler = await startOldPgbouncer(inject('databaseServer'));
  });
  afterEach(() => pooler.stop());

  it('fails with an error that says what to set', async () => {
    const pool = await connect({ DB_PORT: String(pooler.port) });
    await expectLost([...(await runNamed(pool)), ...(await runNamed(pool))]);
  });

  it('works with DB_PREPARED_STATEMENTS=false', async () => {
    const pool = await connect({
      DB_PORT: String(pooler.port),
      DB_PREPARED_STATEMENTS: 'false',
    });
    for (let time = 0; time < 5; time += 1) expect(await runNamed(pool)).toEqual([]);
  });

  it('carries the whole service with it: a course is completed, concurrently', async () => {
    const world = platform({ lessons: 8 });
    const service = await startTestApp({
      database,
      catalogue: world.catalogue,
      environment: { DB_PORT: String(pooler.port), DB_PREPARED_STATEMENTS: 'false' },
    });
    try {
      const [userId] = world.learnerIds;
      const learner = await service.as({ sub: userId!, role: 'user' });
      const courseId = world.course._id;
      await Promise.all(
        world.lessonIds.map(async (lessonId) => {
          const input = { userId, courseId, lessonId, completed: true };
          const { errors } = await learner.request(
            `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
            { input },
          );
          expect(errors).toBeUndefined();
        }),
      );
      const { data } = await learner.request(
        `{ getCourseProgress(userId: "${userId}", courseId: "${courseId}") { data { progress_percentage } } }`,
      );
      expect(data).toMatchObject({ getCourseProgress: { data: { progress_percentage: 100 } } });
    } finally {
      await service.close();
    }
  });
});
