import type pg from 'pg';
import {
  HOUR_FRAGMENTS_MAXIMUM,
  LESSON_FRAGMENTS_MAXIMUM,
  SESSION_FRAGMENTS_MAXIMUM,
} from '../../src/modules/user-progress/evidence/limits.js';

/** Where the pieces of each lesson, and the numbers of each session, begin: every second one from here on. */
export const FIRST_PIECE = 80_000;
export const FIRST_NUMBER = 1_000_000_000;
const SESSIONS = 500;
const HOURS = 190;

/** Fills a learner's rows with as much as the bounds allow: records of the lessons, sessions `s1` …, their clock.
 * @returns the records' ids, in the order of the lessons */
export async function fillToTheBounds(
  pool: pg.Pool,
  { userId, courseId, lessonIds }: { userId: string; courseId: string; lessonIds: string[] },
): Promise<string[]> {
  const pieces = (first: string, count: string) =>
    `(SELECT range_agg(int4range(${first} + 2 * n, ${first} + 2 * n + 1)) FROM generate_series(0, ${count} - 1) n)`;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO user_progress (id, user_id, lesson_id, course_id, watched, unique_seconds)
     SELECT gen_random_uuid(), $1, lesson_id, $2, ${pieces('$4::int', '$5::int')}, $5
     FROM unnest($3::varchar[]) lesson_id
     RETURNING id`,
    [userId, courseId, lessonIds, FIRST_PIECE, LESSON_FRAGMENTS_MAXIMUM],
  );
  await pool.query(
    `INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, $2, $3)`,
    [userId, courseId, lessonIds.length],
  );
  await pool.query(
    `INSERT INTO watch_session (user_id, session_id, counted)
     SELECT $1, 's' || session, ${pieces('$3::int', '$4::int')} FROM generate_series(1, $2::int) session`,
    [userId, SESSIONS, FIRST_NUMBER, SESSION_FRAGMENTS_MAXIMUM],
  );
  await pool.query(
    `INSERT INTO watch_clock (user_id, hour, credited)
     SELECT $1, hour, (SELECT jsonb_build_object('1000', jsonb_agg(jsonb_build_array(1000 + 2 * n, 1001 + 2 * n)))
                       FROM generate_series(1, $2::int) n)
     FROM generate_series($3::int - $4::int, $3::int) hour`,
    [userId, HOUR_FRAGMENTS_MAXIMUM, Math.floor(Date.now() / 3_600_000), HOURS],
  );
  await pool.query(
    `INSERT INTO certificate (user_id, course_id, status, completed_at, reason)
     SELECT $1, 'course-' || n, 'PARKED', now(), repeat('x', 500) FROM generate_series(1, 200) n`,
    [userId],
  );
  return rows.map(({ id }) => id);
}
