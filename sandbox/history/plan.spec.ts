import { afterEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { finishHistory, planHistory } from './plan.ts';

let database: TestDatabase;
afterEach(() => database.drop());

const query = (text: string) => database.pool.query(text);

it('a new database gets a history that ends when it was planned, and is finished once', async () => {
  database = await createTestDatabase({ empty: true });
  const plan = await planHistory(database.pool);
  expect(plan).toEqual({ endsAt: expect.any(Date), learnersDone: 0 });
  await query(`UPDATE sandbox.history SET learners_done = 50`);
  expect(await planHistory(database.pool)).toEqual({ ...plan, learnersDone: 50 });
  await finishHistory(database.pool);
  expect(await planHistory(database.pool)).toBeNull();
});

it('a database that was used without a history never gets one', async () => {
  database = await createTestDatabase();
  await query(`INSERT INTO user_progress (user_id, lesson_id, course_id) VALUES ('u', 'l', 'c')`);
  expect(await planHistory(database.pool)).toBeNull();
});
