import type { Statement } from '../../../../common/database/database.js';

/**
 * Course progress. $1: user ids, $2: course ids, pair by pair. A rollup that was counted against another version of
 * the course's structure is counted anew here, which costs as much as the course has lessons.
 */
export const courseProgress: Statement = {
  name: 'course_progress',
  text: `
    SELECT k.user_id, k.course_id,
           c.course_id IS NOT NULL AS course_known, p.user_id IS NOT NULL AS started,
           COALESCE(c.lessons_total, 0) AS lessons_total,
           CASE
             WHEN p.user_id IS NULL OR c.course_id IS NULL THEN COALESCE(p.lessons_completed, 0)
             WHEN p.structure_version = c.structure_version THEN p.listed_completed
             ELSE (
               SELECT count(*)::int FROM user_progress u
               WHERE u.user_id = k.user_id AND u.course_id = k.course_id
                 AND u.deleted_at IS NULL AND u.completed
                 AND (NOT c.lessons_listed OR EXISTS (
                   SELECT 1 FROM course_lesson l
                   WHERE l.course_id = u.course_id AND l.lesson_id = u.lesson_id)))
           END AS completed,
           COALESCE(p.watch_time_seconds, 0)::float8 AS watch_time_seconds,
           p.completed_at
    FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, course_id)
    LEFT JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = k.course_id
    LEFT JOIN course c ON c.course_id = k.course_id`,
};

/** Totals of learners over all their courses. $1: user ids. */
export const learnerTotals: Statement = {
  name: 'learner_totals',
  text: `
    SELECT user_id,
           (count(*) FILTER (WHERE lessons_started > 0))::int AS courses,
           sum(lessons_completed)::int AS lessons_completed,
           sum(watch_time_seconds)::float8 AS watch_time_seconds
    FROM course_progress
    WHERE user_id = ANY ($1::varchar[])
    GROUP BY user_id`,
};
