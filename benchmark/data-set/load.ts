import type { Client } from 'pg';
import {
  COURSE_PREFIX,
  COURSES,
  COURSES_PER_USER,
  FIRST_NUMBER,
  LESSON_PREFIX,
  LESSON_SECONDS,
  LESSONS_PER_COURSE,
  STARTED_PER_COURSE,
  USER_PREFIX,
  usersOf,
} from './shape.ts';

const id = (prefix: string, number: string): string =>
  `'${prefix}' || (${FIRST_NUMBER} + ${number})`;

const COURSES_SQL = `
  INSERT INTO course (course_id, title, instructor_id, lessons_listed, lessons_total)
  SELECT ${id(COURSE_PREFIX, 'c')}, 'Course ' || c, '01JBENCHTEACHER', true, ${LESSONS_PER_COURSE}
  FROM generate_series(0, ${COURSES - 1}) AS c`;

/** Another build may be older than these tables, and have columns of `course` instead of the one. */
const NOTHING_TO_EVALUATE = `
  DO $$ BEGIN
    IF to_regclass('unreconciled_lesson') IS NOT NULL THEN TRUNCATE unreconciled_lesson; END IF;
    IF to_regclass('course_evaluation') IS NOT NULL THEN TRUNCATE course_evaluation;
    ELSE UPDATE course SET evaluated_version = structure_version; END IF;
  END $$`;

const LESSONS_SQL = `
  INSERT INTO course_lesson (course_id, lesson_id, section_id, title, position, duration_seconds)
  SELECT ${id(COURSE_PREFIX, `l / ${LESSONS_PER_COURSE}`)}, ${id(LESSON_PREFIX, 'l')}, 'section',
         'Lesson ' || l, l % ${LESSONS_PER_COURSE}, ${LESSON_SECONDS}
  FROM generate_series(0, ${COURSES * LESSONS_PER_COURSE - 1}) AS l`;

/** Ids in UUIDv7's form, in the order of creation. $1: number of rows, $2: number of learners. */
const RECORDS_SQL = `
  INSERT INTO user_progress (
    id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds, position_seconds,
    position_at, watched, unique_seconds, created_at, updated_at)
  SELECT (lpad(to_hex(1735689600000 + i), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid,
         ${id(USER_PREFIX, 'u')}, ${id(LESSON_PREFIX, `course * ${LESSONS_PER_COURSE} + lesson`)},
         ${id(COURSE_PREFIX, 'course')}, completed, CASE WHEN completed THEN at END, seconds, seconds,
         at, int4multirange(int4range(0, seconds)), seconds, at, at
  FROM (
    SELECT i, u, k % ${STARTED_PER_COURSE} AS lesson,
           (u * ${COURSES_PER_USER} + k / ${STARTED_PER_COURSE}) % ${COURSES} AS course,
           k % ${STARTED_PER_COURSE} IN (2, 3, 7, 8) AS completed,
           CASE WHEN k % ${STARTED_PER_COURSE} IN (2, 3, 7, 8)
                THEN ${LESSON_SECONDS} ELSE 60 + (u * 7 + k * 13) % 500 END AS seconds,
           now() - interval '60 days' + k * interval '1 day' AS at
    FROM (SELECT i, (i % $2::bigint)::int AS u, (i / $2::bigint)::int AS k
          FROM generate_series(0::bigint, $1::bigint - 1) AS i) AS numbered
  ) AS record`;

const ROLLUPS_SQL = `
  INSERT INTO course_progress (
    user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total,
    structure_version, watch_time_seconds, last_activity_at, created_at)
  SELECT user_id, course_id, count(*), count(*) FILTER (WHERE completed), count(*) FILTER (WHERE completed),
         ${LESSONS_PER_COURSE}, 1, sum(watch_time_seconds), max(updated_at), min(created_at)
  FROM user_progress GROUP BY user_id, course_id`;

/** Fills a migrated, empty database with records, rollups and course structures that match each other. */
export async function loadDataSet(
  client: Client,
  rows: number,
  say: (step: string) => void,
): Promise<void> {
  await client.query(`SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'`);
  say('courses');
  await client.query(COURSES_SQL);
  await client.query(LESSONS_SQL);
  // The rollups below have the version of these structures, so nothing needs an evaluation.
  await client.query(NOTHING_TO_EVALUATE);
  const indexes = await dropIndexes(client, 'user_progress');
  say(`${rows.toLocaleString('en')} records`);
  await client.query(RECORDS_SQL, [rows, usersOf(rows)]);
  say('rollups');
  await client.query(ROLLUPS_SQL);
  for (const { name, definition } of indexes) {
    say(`index ${name}`);
    await client.query(definition);
  }
  say('VACUUM ANALYZE');
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}

/** Creates the indexes after the rows: ten times faster than row by row. */
async function dropIndexes(
  client: Client,
  table: string,
): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = $1 AND schemaname = 'public' AND indexname <> $1 || '_pkey'`,
    [table],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}

/**
 * Rewrites the rows that beats will change, after a checkpoint: otherwise measurements would include the full page
 * images that PostgreSQL writes at the first change of a page. The statistics of updates begin after it.
 */
export async function touchActiveRows(
  client: Client,
  { count, stride }: { count: number; stride: number },
): Promise<void> {
  const user = id(USER_PREFIX, `n * ${stride}`);
  const course = `(n * ${stride} * ${COURSES_PER_USER}) % ${COURSES}`;
  const active = `generate_series(0, ${count - 1}) AS n`;
  await client.query('CHECKPOINT');
  await client.query(`
    UPDATE user_progress AS u SET updated_at = u.updated_at FROM ${active}
    WHERE u.user_id = ${user}
      AND u.lesson_id = ${id(LESSON_PREFIX, `${course} * ${LESSONS_PER_COURSE}`)}`);
  await client.query(`
    UPDATE course_progress AS p SET last_activity_at = p.last_activity_at FROM ${active}
    WHERE p.user_id = ${user} AND p.course_id = ${id(COURSE_PREFIX, course)}`);
  await client.query('VACUUM (ANALYZE) user_progress, course_progress');
  await client.query('SELECT pg_stat_reset()');
}
