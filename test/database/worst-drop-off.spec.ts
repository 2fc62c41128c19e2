import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorstDropOffs } from '../../src/modules/analytics/reading/proxy/sql/read-worst-drop-offs.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let courses = 0;

/** The worst lesson of a course with so many learners, whose lessons so many began, and so many stopped in long ago. */
async function worst(learners: number, lessons: [id: string, started: number, stopped: number][]) {
  const courseId = `course ${(courses += 1)}`;
  const { pool } = database;
  await pool.query(
    `INSERT INTO analytics_cohort (course_id, enrolled_week, days_to_complete, learners) VALUES ($1, '2025-12-29', -1, $2)`,
    [courseId, learners],
  );
  for (const [lessonId, started, stopped] of lessons) {
    await pool.query(
      `INSERT INTO analytics_lesson (course_id, lesson_id, learners) VALUES ($1, $2, $3)`,
      [courseId, lessonId, started],
    );
    await pool.query(
      `INSERT INTO analytics_silence (course_id, last_active_on, last_lesson_id, learners) VALUES ($1, '2026-01-01', $2, $3)`,
      [courseId, lessonId, stopped],
    );
  }
  const { rows } = await pool.query(readWorstDropOffs.text, [[courseId], '2026-03-01', 20]);
  return rows[0]?.lessonId ?? null;
}

it('the worst lesson is the one that the largest share of its starters stopped in', async () => {
  expect(
    await worst(100, [
      ['a', 100, 20],
      ['b', 40, 10],
      ['c', 30, 3],
    ]),
  ).toBe('b');
});

it('the worst lesson is the one with more learners, where shares are equal', async () => {
  expect(
    await worst(100, [
      ['a', 30, 3],
      ['b', 70, 7],
      ['c', 70, 7],
    ]),
  ).toBe('b');
});

it('the worst lesson is one that enough learners started: 20, and 5 % of the course', async () => {
  expect(
    await worst(100, [
      ['few', 19, 19],
      ['many', 50, 1],
    ]),
  ).toBe('many');
  expect(await worst(1_000, [['a', 49, 49]])).toBeNull();
  expect(await worst(1_000, [['a', 50, 50]])).toBe('a');
});

it('no lesson is the worst where nobody stopped', async () => {
  expect(await worst(100, [['a', 100, 0]])).toBeNull();
  expect(await worst(0, [])).toBeNull();
});
