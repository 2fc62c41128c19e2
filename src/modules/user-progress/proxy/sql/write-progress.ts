import type { Statement } from '../../../../common/database/database.js';
import { requestCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';

/**
 * Writes a batch of records that `lockRecords` locked in the same transaction, and with them everything that must be
 * true in the same instant: the rollups, the certificates' intents, the outbox.
 *
 * Each row says by how much it differs from the row that was locked (`rollupDelta`), and the rollup moves by that,
 * whatever the change was; so create, update, complete, reopen, delete and watch time share one rule. Rollups are taken
 * in (user, course) order.
 *
 * A rollup that was counted against another version of the course's structure is not completed here but reported as
 * stale: `recountCourses` then counts it anew, in the same transaction.
 *
 * Courses and lessons are looked up by their keys (LATERAL … LIMIT 1), however few the planner believes them to be; and
 * only where a lesson was started, completed or reopened. Watch time, which is almost all there is to write, neither
 * completes a course nor needs to know its structure.
 *
 * $1: JSON array of rows with `is_new`, `started_delta`, `completed_delta` and `watch_time_delta` (seconds). $2: 'course', or 'lesson' to request a certificate at the first completed lesson.
 */
export const writeProgress: Statement = {
  name: 'write_progress',
  text: `
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS r (
        id uuid, user_id varchar, lesson_id varchar, course_id varchar,
        completed boolean, completed_at timestamptz, watch_time_seconds integer,
        position_seconds integer, position_at timestamptz, watched text,
        unique_seconds integer, rewatched_seconds integer,
        created_at timestamptz, deleted_at timestamptz, is_new boolean,
        started_delta integer, completed_delta integer, watch_time_delta integer)
    ),
    updated AS (
      UPDATE user_progress u
      SET course_id = i.course_id, completed = i.completed, completed_at = i.completed_at,
          watch_time_seconds = i.watch_time_seconds, position_seconds = i.position_seconds,
          position_at = i.position_at, watched = i.watched::int4multirange,
          unique_seconds = i.unique_seconds, rewatched_seconds = i.rewatched_seconds,
          created_at = i.created_at, updated_at = transaction_timestamp(), deleted_at = i.deleted_at
      FROM input i
      WHERE u.id = i.id AND NOT i.is_new
    ),
    inserted AS (
      INSERT INTO user_progress (
        id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds,
        position_seconds, position_at, watched, unique_seconds, rewatched_seconds,
        created_at, updated_at, deleted_at)
      SELECT id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds,
             position_seconds, position_at, watched::int4multirange, unique_seconds, rewatched_seconds,
             created_at, transaction_timestamp(), deleted_at
      FROM input WHERE is_new
      ORDER BY user_id, lesson_id
      ON CONFLICT DO NOTHING
      RETURNING id
    ),
    difference AS MATERIALIZED (
      SELECT i.user_id, i.course_id, i.lesson_id, i.started_delta, i.completed_delta, i.watch_time_delta,
             c.course_id IS NOT NULL AND (NOT c.lessons_listed OR l.lesson_id IS NOT NULL) AS listed,
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
             CASE WHEN d.lessons_total > 0 AND d.listed >= d.lessons_total
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
            AND excluded.lessons_total > 0
            AND p.listed_completed + excluded.listed_completed >= excluded.lessons_total
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
           (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS outbox_rows,
           (SELECT json_agg(completed_courses) FROM completed_courses) AS completed_courses,
           (SELECT json_agg(stale) FROM stale) AS stale`,
};
