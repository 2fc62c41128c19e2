import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { totalToShow } from '../../../course-catalog/proxy/sql/select-course.js';
import { countedRecords } from './completion.js';

/**
 * Course progress. $1: JSON array of { user_id, course_id }, $2: their users. A rollup that was counted against another version of the
 * course's structure is recounted in this statement, which reads all lessons of the course.
 */
export const courseProgress = statement({
  name: 'course-progress',
  columns: {
    userId: column.varchar,
    courseId: column.varchar,
    courseKnown: column.bool,
    title: column.nullable(column.text),
    started: column.bool,
    lessonsTotal: column.int4,
    lessonsCompleted: column.int4,
    watchTimeSeconds: column.float8,
    completedAt: column.nullable(column.timestamptz),
  },
  text: `
    SELECT k.user_id AS "userId", k.course_id AS "courseId",
           c.course_id IS NOT NULL AS "courseKnown", c.title, p.user_id IS NOT NULL AS started,
           ${totalToShow} AS "lessonsTotal",
           CASE
             WHEN p.user_id IS NULL OR c.course_id IS NULL THEN COALESCE(p.lessons_completed, 0)
             WHEN p.structure_version = c.structure_version THEN p.listed_completed
             ELSE (SELECT count(*)::int FROM (${countedRecords('c', 'k.user_id', '$2')}) completed)
           END AS "lessonsCompleted",
           COALESCE(p.watch_time_seconds, 0)::float8 AS "watchTimeSeconds",
           p.completed_at AS "completedAt"
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    LEFT JOIN LATERAL (
      SELECT * FROM course_progress r
      WHERE r.user_id = k.user_id AND r.course_id = k.course_id AND ${named('r', '$2')} LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT * FROM course WHERE course_id = k.course_id LIMIT 1) c ON true`,
});

/** Totals of learners over all their courses. $1: JSON array of { user_id }, $2: the users. */
export const learnerTotals = statement({
  name: 'learner-totals',
  columns: {
    userId: column.varchar,
    courses: column.int4,
    lessonsCompleted: column.int4,
    watchTimeSeconds: column.float8,
  },
  text: `
    SELECT k.user_id AS "userId", t.*
    FROM json_to_recordset($1::json) AS k (user_id varchar)
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE lessons_started > 0))::int AS courses,
             COALESCE(sum(lessons_completed), 0)::int AS "lessonsCompleted",
             COALESCE(sum(watch_time_seconds), 0)::float8 AS "watchTimeSeconds"
      FROM course_progress r WHERE r.user_id = k.user_id AND ${named('r', '$2')}) t`,
});
