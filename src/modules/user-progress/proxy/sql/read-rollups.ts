import type { Statement } from '../../../../common/database/database.js';

/**
 * Course progress. $1: JSON array of { user_id, course_id }. A rollup that was counted against another version of
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
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    LEFT JOIN LATERAL (
      SELECT * FROM course_progress WHERE user_id = k.user_id AND course_id = k.course_id LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT * FROM course WHERE course_id = k.course_id LIMIT 1) c ON true`,
};

/** Totals of learners over all their courses. $1: JSON array of { user_id }. */
export const learnerTotals: Statement = {
  name: 'learner_totals',
  text: `
    SELECT k.user_id, t.*
    FROM json_to_recordset($1::json) AS k (user_id varchar)
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE lessons_started > 0))::int AS courses,
             COALESCE(sum(lessons_completed), 0)::int AS lessons_completed,
             COALESCE(sum(watch_time_seconds), 0)::float8 AS watch_time_seconds
      FROM course_progress WHERE user_id = k.user_id) t`,
};
