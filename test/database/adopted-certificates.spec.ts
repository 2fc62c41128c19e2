import { afterAll, beforeAll, expect, it } from 'vitest';
import { recountCourses } from '../../src/modules/user-progress/proxy/sql/recount-courses.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const COURSE = 'course';
const BEFORE = `now() - interval '1 day'`;
const AFTER = `now() + interval '1 day'`;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(
    `INSERT INTO course (course_id, lessons_listed, lessons_total) VALUES ('${COURSE}', true, 2);
     INSERT INTO course_lesson (course_id, lesson_id, position)
     VALUES ('${COURSE}', 'one', 1), ('${COURSE}', 'two', 2)`,
  );
});
afterAll(() => database.drop());

/** A learner who completed the two lessons at these times (SQL), in a database whose adoption had this policy. */
async function complete(policy: string | null, one: string, two: string): Promise<object> {
  const user = `${policy}-${Math.random()}`.slice(0, 26);
  await database.pool.query('DELETE FROM adoption');
  if (policy) {
    await database.pool.query(
      `INSERT INTO adoption (time_zone, certificates, finished_at) VALUES ('UTC', $1, now())`,
      [policy],
    );
  }
  await database.pool.query(
    `INSERT INTO user_progress (user_id, lesson_id, course_id, completed, completed_at)
     VALUES ($1, 'one', '${COURSE}', true, ${one}), ($1, 'two', '${COURSE}', true, ${two})`,
    [user],
  );
  await database.pool.query(
    `INSERT INTO course_progress (user_id, course_id) VALUES ($1, '${COURSE}')`,
    [user],
  );
  const pair = JSON.stringify([{ user_id: user, course_id: COURSE }]);
  const { rows: time } = await database.pool.query('SELECT now()::text AS now');
  await database.pool.query(recountCourses.text, [pair, 'current', [user], time[0].now]);
  const { rows } = await database.pool.query(
    `SELECT status, issued_at IS NOT NULL AS issued, must_check AS "mustCheck",
            (SELECT count(*)::int FROM outbox o
             WHERE o.user_id = c.user_id AND topic = 'certificate.requested') AS requests
     FROM certificate c WHERE user_id = $1`,
    [user],
  );
  return rows[0];
}

const ordinary = { status: 'REQUESTED', issued: false, mustCheck: false, requests: 1 };

it.each<[string | null, object]>([
  ['assume', { status: 'ISSUED', issued: true, mustCheck: false, requests: 0 }],
  ['check', { ...ordinary, mustCheck: true }],
  ['request', ordinary],
  [null, ordinary],
])('a course that was complete when the table was adopted with %s', async (policy, expected) => {
  expect(await complete(policy, BEFORE, BEFORE)).toEqual(expected);
});

it.each(['assume', 'check', 'request'])(
  'a course whose last lesson is completed after an adoption with %s has its certificate requested as any other',
  async (policy) => {
    expect(await complete(policy, BEFORE, AFTER)).toEqual(ordinary);
  },
);
