import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isComplete, lessonCounts } from '../../src/modules/user-progress/changes/completion.js';
import { percentage } from '../../src/modules/user-progress/changes/coverage.js';
import * as sql from '../../src/modules/user-progress/proxy/sql/completion.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/**
 * A completed record, and a course (null: never stored) which has the lesson in its list or not, and is the record's home
 * or not.
 */
const record = fc
  .record({
    course: fc.option(fc.record({ lessonsListed: fc.boolean() })),
    lessonIsListed: fc.boolean(),
    isAtHome: fc.boolean(),
    counted: fc.integer({ min: 0, max: 5 }),
    total: fc.integer({ min: 0, max: 5 }),
  })
  // A lesson cannot be in the list of a course that is not stored.
  .map((each) => ({ ...each, lessonIsListed: each.lessonIsListed && each.course !== null }));

const RULES = `
  SELECT coalesce(${sql.countsFor('c', 'l.lesson_id IS NOT NULL', 'u.course_id = r.id')}, false) AS direct,
         (SELECT count(*)::int FROM (${sql.countedRecords('c', `'learner'`)}) completed) AS counted,
         ${sql.lessonCountsAmong('r.listed', 'r.id')} AS among,
         ${sql.mayBeHome('r.id', 'r.lesson')} AS home,
         ${sql.courseIsComplete('r.counted', 'r.total')} AS complete
  FROM json_to_recordset($1::json) AS r (
    n integer, id varchar, lesson varchar, listed varchar[], counted integer, total integer)
  JOIN user_progress u ON u.lesson_id = r.lesson
  LEFT JOIN course c ON c.course_id = r.id
  LEFT JOIN course_lesson l ON l.course_id = r.id AND l.lesson_id = r.lesson
  ORDER BY r.n`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('says the same in SQL and in TypeScript of which lessons count, and when a course is complete', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 200, maxLength: 200 }), async (records) => {
      const rows = records.map((each, n) => ({
        n,
        id: `c${n}`,
        lesson: `l${n}`,
        home: each.isAtHome ? `c${n}` : 'another',
        lessons_listed: each.course?.lessonsListed,
        listed: each.course?.lessonsListed ? [...(each.lessonIsListed ? [`l${n}`] : [])] : null,
        lesson_listed: each.lessonIsListed,
        counted: each.counted,
        total: each.total,
      }));
      await store(JSON.stringify(rows));
      const { rows: answers } = await database.pool.query(RULES, [JSON.stringify(rows)]);
      expect(answers).toEqual(
        records.map(({ course, lessonIsListed, isAtHome, counted, total }) => ({
          direct: lessonCounts(course, lessonIsListed, isAtHome),
          counted: lessonCounts(course, lessonIsListed, isAtHome) ? 1 : 0,
          among: lessonCounts(
            { lessonsListed: course?.lessonsListed ?? false },
            lessonIsListed,
            isAtHome,
          ),
          home: lessonCounts(course, lessonIsListed, true),
          complete: isComplete(counted, total),
        })),
      );
      for (const { counted, total } of records) {
        expect(percentage(counted, total) === 100).toBe(isComplete(counted, total));
      }
    }),
    { numRuns: 3 },
  );
});

async function store(rows: string): Promise<void> {
  await database.pool.query('TRUNCATE course, user_progress CASCADE');
  await database.pool.query(
    `WITH r AS (
       SELECT * FROM json_to_recordset($1::json) AS r (
         id varchar, lesson varchar, home varchar, lessons_listed boolean, lesson_listed boolean)
     ), stored AS (
       INSERT INTO course (course_id, lessons_listed, lessons_total)
       SELECT id, lessons_listed, 1 FROM r WHERE lessons_listed IS NOT NULL
     ), learned AS (
       INSERT INTO user_progress (user_id, lesson_id, course_id, completed, completed_at)
       SELECT 'learner', lesson, home, true, now() FROM r
     )
     INSERT INTO course_lesson (course_id, lesson_id, position) SELECT id, lesson, 1 FROM r WHERE lesson_listed`,
    [rows],
  );
}
