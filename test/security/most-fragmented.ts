import { randomUUID } from 'node:crypto';

/** Where the pieces of each lesson, and the numbers of each session, begin: every second one from here on. */
export const FIRST_PIECE = 80_000;
export const FIRST_NUMBER = 1_000_000_000;
const SESSIONS = 500;
const HOURS = 190;

/** How many pieces a row may hold. `test/docs/bounds.spec.ts` compares them with the code, which plain Node cannot load. */
export const PIECES = { lesson: 400, session: 1_000, hour: 400 };

/** Runs a statement. @returns its rows */
type Query = (text: string, values: unknown[]) => Promise<unknown>;

/**
 * Fills a learner's rows with as much as the bounds allow: records of the lessons, sessions `s1` …, their clock.
 * @returns the records' ids, in the order of the lessons
 */
export async function fillToTheBounds(
  query: Query,
  { userId, courseId, lessonIds }: { userId: string; courseId: string; lessonIds: string[] },
): Promise<string[]> {
  const pieces = (first: string, count: string) =>
    `(SELECT range_agg(int4range(${first} + 2 * n, ${first} + 2 * n + 1)) FROM generate_series(0, ${count} - 1) n)`;
  const recordIds = lessonIds.map(() => randomUUID());
  await query(
    `INSERT INTO user_progress (id, user_id, lesson_id, course_id, watched, unique_seconds)
     SELECT id, $1, lesson_id, $2, ${pieces('$5::int', '$6::int')}, $6
     FROM unnest($3::uuid[], $4::varchar[]) AS r (id, lesson_id)`,
    [userId, courseId, recordIds, lessonIds, FIRST_PIECE, PIECES.lesson],
  );
  await query(
    `INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, $2, $3)`,
    [userId, courseId, lessonIds.length],
  );
  await query(
    `INSERT INTO watch_session (user_id, session_id, counted)
     SELECT $1, 's' || session, ${pieces('$3::int', '$4::int')} FROM generate_series(1, $2::int) session`,
    [userId, SESSIONS, FIRST_NUMBER, PIECES.session],
  );
  await query(
    `INSERT INTO watch_clock (user_id, hour, credited)
     SELECT $1, hour, (SELECT jsonb_build_object('1000', jsonb_agg(jsonb_build_array(1000 + 2 * n, 1001 + 2 * n)))
                       FROM generate_series(1, $2::int) n)
     FROM generate_series($3::int - $4::int, $3::int) hour`,
    [userId, PIECES.hour, Math.floor(Date.now() / 3_600_000), HOURS],
  );
  return recordIds;
}
