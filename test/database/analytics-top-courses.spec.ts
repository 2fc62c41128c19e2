import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/common/database/database.js';
import { CourseFiguresProxy } from '../../src/modules/analytics/reading/proxy/course-figures.proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const COURSES = 5;

let database: TestDatabase;
let figures: CourseFiguresProxy;
beforeAll(async () => {
  database = await createTestDatabase();
  figures = new CourseFiguresProxy({
    query: async ({ text }: { text: string }, values: unknown[]) =>
      (await database.pool.query(text, values)).rows,
  } as unknown as Database);
  await database.pool.query(
    `INSERT INTO analytics_day (course_id, day, watch_seconds, enrolled, courses_completed)
     SELECT 'course ' || n, date '2026-01-01' + day, (n * 7919 + day * day * 31) % 997, n, day % 3
     FROM generate_series(1, $1::int) n, generate_series(0, 120) day WHERE (n + day) % 4 > 0
     UNION ALL SELECT '', date '2026-01-01' + day, 100000, 1, 1 FROM generate_series(0, 120) day`,
    [COURSES],
  );
  await database.pool.query(
    `INSERT INTO analytics_month (month, course_id, watch_seconds)
     SELECT date_trunc('month', day::timestamp)::date, course_id, sum(watch_seconds) FROM analytics_day
     WHERE course_id <> '' GROUP BY 1, 2`,
  );
});
afterAll(() => database.drop());

it('ranks courses by what was watched in them on the days of the period, however these lie in weeks, months and quarters', async () => {
  const { rows: periods } = await database.pool.query<{ begin: string; end: string }>(
    `SELECT (date '2026-01-01' + one)::text AS begin, (date '2026-01-01' + other)::text AS "end"
     FROM generate_series(-3, 124, 5) one, generate_series(one, 126, 3) other`,
  );
  for (const { begin, end } of periods) {
    const rows = await figures.topCourses({ from: begin, to: end }, COURSES);
    const { rows: wanted } = await database.pool.query(
      `SELECT course_id AS "courseId", NULL AS title, sum(watch_seconds)::float8 AS "watchSeconds",
              sum(enrolled)::int AS enrolled, sum(courses_completed)::int AS "coursesCompleted"
       FROM analytics_day WHERE course_id <> '' AND day BETWEEN $1 AND $2
       GROUP BY course_id HAVING sum(watch_seconds) > 0 ORDER BY sum(watch_seconds) DESC, course_id`,
      [begin, end],
    );
    expect(rows, `${begin} to ${end}`).toEqual(wanted);
  }
});
