import { column, statement } from '../../../../../common/database/statement.js';
import { stoppedIn } from './silence.js';

/** The most lessons of a course that are shown. */
const LESSONS_MAXIMUM = 1_000;
/** Who saw this second was held by the lesson's beginning. */
const INTRO_SECOND = 30;

/**
 * The lessons of course $1 in their order, then those that only records are left of; only lesson $3, unless it is null.
 * $2 is today. Where a course lists no lessons, all of them count as listed.
 */
export const readLessons = statement({
  name: 'read-analysed-lessons',
  columns: {
    lessonId: column.varchar,
    title: column.nullable(column.text),
    listed: column.bool,
    durationSeconds: column.nullable(column.int4),
    started: column.int4,
    completed: column.int4,
    watchSeconds: column.float8,
    uniqueSeconds: column.float8,
    rewatchedSeconds: column.float8,
    stopped: column.int4,
    sawIntro: column.int4,
  },
  text: `
    WITH known AS (
      SELECT l.lesson_id, l.title, l.duration_seconds, true AS listed, l.position
      FROM course_lesson l
      WHERE l.course_id = $1 AND ($3::varchar IS NULL OR l.lesson_id = $3)
      UNION ALL
      SELECT a.lesson_id, u.title, u.duration_seconds, NOT coalesce(c.lessons_listed, false), NULL
      FROM analytics_lesson a
      LEFT JOIN course c ON c.course_id = a.course_id
      LEFT JOIN unlisted_lesson u ON u.course_id = a.course_id AND u.lesson_id = a.lesson_id
      WHERE a.course_id = $1 AND a.learners > 0 AND ($3::varchar IS NULL OR a.lesson_id = $3)
        AND NOT EXISTS (
          SELECT FROM course_lesson l WHERE l.course_id = a.course_id AND l.lesson_id = a.lesson_id)
    )
    SELECT k.lesson_id AS "lessonId", k.title, k.listed, k.duration_seconds AS "durationSeconds",
           coalesce(a.learners, 0) AS started, coalesce(a.completed, 0) AS completed,
           coalesce(a.watch_seconds, 0)::float8 AS "watchSeconds",
           coalesce(a.unique_seconds, 0)::float8 AS "uniqueSeconds",
           coalesce(a.rewatched_seconds, 0)::float8 AS "rewatchedSeconds",
           coalesce(s.stopped, 0)::int AS stopped,
           coalesce(intro.learners, 0)::int AS "sawIntro"
    FROM known k
    LEFT JOIN analytics_lesson a ON a.course_id = $1 AND a.lesson_id = k.lesson_id
    LEFT JOIN (
      SELECT lesson_id, sum(stopped) AS stopped FROM (${stoppedIn('$1', '$2')}) o
      GROUP BY lesson_id) s ON s.lesson_id = k.lesson_id
    CROSS JOIN LATERAL (
      SELECT sum(seen) AS learners FROM analytics_second b
      WHERE b.course_id = $1 AND b.lesson_id = k.lesson_id AND b.second <= ${INTRO_SECOND}) intro
    ORDER BY k.listed DESC, k.position NULLS LAST, k.lesson_id
    LIMIT ${LESSONS_MAXIMUM}`,
});
