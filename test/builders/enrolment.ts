import type pg from 'pg';

export interface Enrolment {
  courseId: string;
  lessonIds: readonly string[];
  learners: number;
}

/** The id of the n-th learner, counted from 1. */
export const learnerId = (n: number): string => `learner${String(n).padStart(7, '0')}`;

/**
 * Stores an evaluated course. Every learner has completed all lessons but one, and each lesson is missing to the same
 * number of learners. Made in the database, in seconds.
 */
export async function enrol(
  pool: pg.Pool,
  { courseId, lessonIds, learners }: Enrolment,
): Promise<void> {
  const lessons = lessonIds.length;
  await pool.query(
    `INSERT INTO course (course_id, lessons_listed, lessons_total, structure_changed_at, fetched_at)
     VALUES ($1, true, $2, now() - interval '1 day', now() - interval '1 second')`,
    [courseId, lessons],
  );
  await pool.query(
    `INSERT INTO course_lesson (course_id, lesson_id, position)
     SELECT $1, lesson_id, position FROM unnest($2::text[]) WITH ORDINALITY AS l (lesson_id, position)`,
    [courseId, lessonIds],
  );
  for (const table of ['unreconciled_lesson', 'course_evaluation']) {
    await pool.query(`DELETE FROM ${table} WHERE course_id = $1`, [courseId]);
  }
  await pool.query(
    `INSERT INTO user_progress (user_id, lesson_id, course_id, completed, completed_at)
     SELECT 'learner' || lpad(n::text, 7, '0'), lesson_id, $1, true, now()
     FROM generate_series(1, $3::int) AS n, unnest($2::text[]) WITH ORDINALITY AS l (lesson_id, position)
     WHERE position <> 1 + n % $4::int`,
    [courseId, lessonIds, learners, lessons],
  );
  await pool.query(
    `INSERT INTO course_progress
       (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total, structure_version)
     SELECT 'learner' || lpad(n::text, 7, '0'), $1, $3 - 1, $3 - 1, $3 - 1, $3, 1
     FROM generate_series(1, $2::int) AS n`,
    [courseId, learners, lessons],
  );
  await pool.query('VACUUM ANALYZE');
}
