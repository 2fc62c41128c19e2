import { column, statement } from '../../../../common/database/statement.js';
import { requestCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';
import type { CourseKey } from '../../../course-catalog/course-key.js';
import { courseIsComplete, lessonCounts } from './completion.js';
import {
  INSERTED_COLUMNS,
  INSERTED_VALUES,
  SENT_COLUMNS,
  UPDATED_COLUMNS,
} from './written-columns.js';

/**
 * Writes a batch of records that `lockRecords` locked in the same transaction, and everything that must change with
 * them: the rollups, the certificates' intents, the outbox.
 *
 * Each row says by how much it differs from the locked row (`rollupDelta`), and the rollup changes by that. So create,
 * update, complete, reopen, delete and watch time share one rule. Rollups are locked in (user, course) order: another
 * order could deadlock.
 *
 * A rollup that was counted against another version of the course's structure is not completed here but reported as
 * stale: `recountCourses` then recounts it in the same transaction.
 *
 * Courses and lessons are looked up by key (LATERAL … LIMIT 1): otherwise the planner would sometimes read the whole
 * tables. Only a lesson that was started, completed or reopened needs them; almost every write is watch time, which
 * completes no course.
 *
 * $1: JSON array of rows with `is_new`, `started_delta`, `completed_delta` and `watch_time_delta` (seconds).
 * $2: 'course', or 'lesson' to request a certificate at the first completed lesson.
 */
export const writeProgress = statement({
  name: 'write-progress',
  columns: {
    inserted: column.int4,
    outboxRows: column.int4,
    completedCourses: column.nullable(column.json<CourseKey[]>()),
    stale: column.nullable(column.json<CourseKey[]>()),
  },
  text: `
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS r (
        ${SENT_COLUMNS},
        is_new boolean, started_delta integer, completed_delta integer, watch_time_delta integer)
    ),
    updated AS (
      UPDATE user_progress u
      SET ${UPDATED_COLUMNS}
      FROM input i
      WHERE u.id = i.id AND NOT i.is_new
    ),
    inserted AS (
      INSERT INTO user_progress (${INSERTED_COLUMNS})
      SELECT ${INSERTED_VALUES}
      FROM input i WHERE i.is_new
      ORDER BY i.user_id, i.lesson_id
      ON CONFLICT DO NOTHING
      RETURNING id
    ),
    difference AS MATERIALIZED (
      SELECT i.user_id, i.course_id, i.lesson_id, i.started_delta, i.completed_delta, i.watch_time_delta,
             ${lessonCounts('c', 'l')} AS listed,
             c.lessons_total, c.structure_version
      FROM input i
      LEFT JOIN LATERAL (
        SELECT * FROM course
        WHERE course_id = i.course_id AND (i.started_delta <> 0 OR i.completed_delta <> 0) LIMIT 1) c ON true
      LEFT JOIN LATERAL (
        SELECT lesson_id FROM course_lesson
        WHERE course_id = i.course_id AND lesson_id = i.lesson_id AND i.completed_delta <> 0 LIMIT 1) l ON true
    ),
    moved AS MATERIALIZED (
      SELECT user_id, course_id, sum(started_delta)::int AS started, sum(completed_delta)::int AS completed,
             COALESCE(sum(completed_delta) FILTER (WHERE listed), 0)::int AS listed,
             sum(watch_time_delta)::bigint AS watch_time_seconds,
             max(lessons_total) AS lessons_total, max(structure_version) AS structure_version
      FROM difference GROUP BY user_id, course_id
    ),
    rollup AS (
      INSERT INTO course_progress AS p (
        user_id, course_id, lessons_started, lessons_completed, listed_completed,
        lessons_total, structure_version, watch_time_seconds, completed_at, last_activity_at)
      SELECT d.user_id, d.course_id, d.started, d.completed, d.listed,
             COALESCE(d.lessons_total, 0), COALESCE(d.structure_version, 0), d.watch_time_seconds,
             CASE WHEN ${courseIsComplete('d.listed', 'd.lessons_total')}
                  THEN transaction_timestamp() END,
             transaction_timestamp()
      FROM moved d
      ORDER BY d.user_id, d.course_id
      ON CONFLICT (user_id, course_id) DO UPDATE SET
        lessons_started = p.lessons_started + excluded.lessons_started,
        lessons_completed = p.lessons_completed + excluded.lessons_completed,
        listed_completed = p.listed_completed + excluded.listed_completed,
        watch_time_seconds = p.watch_time_seconds + excluded.watch_time_seconds,
        completed_at = CASE
          WHEN p.completed_at IS NULL
            AND p.structure_version = excluded.structure_version
            AND ${courseIsComplete('p.listed_completed + excluded.listed_completed', 'excluded.lessons_total')}
          THEN excluded.last_activity_at ELSE p.completed_at END,
        last_activity_at = excluded.last_activity_at
      RETURNING user_id, course_id, structure_version, completed_at
    ),
    completed_courses AS (
      SELECT user_id, course_id FROM rollup WHERE completed_at = transaction_timestamp()
    ),
    certificate_due AS (
      SELECT user_id, course_id FROM completed_courses
      UNION
      SELECT user_id, course_id FROM difference WHERE $2::text = 'lesson' AND completed_delta > 0
    ),
    ${requestCertificates('certificate_due')},
    ${appendToOutbox(
      'told',
      {
        topic: TOPICS.lessonCompleted,
        from: 'difference',
        where: 'completed_delta > 0',
        ofLessons: true,
      },
      {
        topic: TOPICS.lessonReopened,
        from: 'difference',
        where: 'completed_delta < 0',
        ofLessons: true,
      },
      { topic: TOPICS.courseCompleted, from: 'completed_courses' },
    )},
    stale AS (
      SELECT r.user_id, r.course_id
      FROM rollup r JOIN moved d ON d.user_id = r.user_id AND d.course_id = r.course_id
      WHERE r.structure_version <> d.structure_version
    )
    SELECT (SELECT count(*) FROM inserted)::int AS inserted,
           (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS "outboxRows",
           (SELECT json_agg(json_build_object('userId', user_id, 'courseId', course_id))
            FROM completed_courses) AS "completedCourses",
           (SELECT json_agg(json_build_object('userId', user_id, 'courseId', course_id))
            FROM stale) AS stale`,
});
