import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import {
  appendToJournal,
  givenMoves,
  isLearner,
  learnerMoves,
} from '../../../analytics/journal/proxy/sql/append.js';
import { requestCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';
import type { CourseKey } from '../../../course-catalog/course-key.js';
import { countsFor, courseIsComplete } from './completion.js';
import {
  INSERTED_COLUMNS,
  INSERTED_VALUES,
  SENT_COLUMNS,
  UPDATED_COLUMNS,
} from './written-columns.js';

/**
 * Writes a batch of records that `lock-batch.ts` locked in the same transaction, and everything that must change with
 * them: the rollups, the certificates' intents, the outbox, the journal of analytics.
 *
 * Rollups change by how much the rows differ from the locked ones (`rollupDeltas`). So create, update, complete, reopen,
 * delete, move and watch time share one rule. A lesson that was completed or reopened also changes the rollups of all
 * other courses that list it. Rollups are locked in (user, course) order: another order could deadlock.
 *
 * A rollup is not completed here but reported as stale, and `recountCourses` recounts it in the same transaction, if it
 * was counted against another version of the course's structure, or if it is new in a course with unreconciled lessons: of
 * these, the learner may have completed some elsewhere.
 *
 * Courses and lessons are looked up by key (LATERAL … LIMIT 1, or OFFSET 0): otherwise the planner would sometimes read
 * the whole tables. Only a lesson that was started, completed or reopened needs them; almost every write is watch time,
 * which completes no course.
 *
 * $1: JSON array of rows with `is_new` and `completed_delta`: 1 if the lesson was completed, -1 if it was reopened.
 * $2: 'course', or 'lesson' to request a certificate at the first completed lesson.
 * $3: JSON array of { user_id, course_id, started, completed, watch_time_seconds }: differences by home.
 * $4: the transaction's time, by which it is known what this statement completed. $5: the users' names.
 * $6, $7: what the batch moves in analytics: `storedMoves`, or nulls.
 */
export const writeProgress = statement({
  name: 'write-progress',
  columns: {
    inserted: column.int4,
    outboxRows: column.int4,
    completedCourses: column.json<CourseKey[]>(),
    stale: column.json<CourseKey[]>(),
  },
  text: `
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS r (
        ${SENT_COLUMNS},
        is_new boolean, completed_delta integer)
    ),
    updated AS (
      UPDATE user_progress u
      SET ${UPDATED_COLUMNS}
      FROM input i
      WHERE u.user_id = i.user_id AND u.id = i.id AND NOT i.is_new AND ${named('u', '$5')}
    ),
    inserted AS (
      INSERT INTO user_progress (${INSERTED_COLUMNS})
      SELECT ${INSERTED_VALUES}
      FROM input i WHERE i.is_new
      ORDER BY i.user_id, i.lesson_id
      ON CONFLICT DO NOTHING
      RETURNING id
    ),
    at_home AS (
      SELECT user_id, course_id, started, completed, watch_time_seconds, completed AS of_home, 0 AS of_list
      FROM json_to_recordset($3::json) AS r (
        user_id varchar, course_id varchar, started integer, completed integer, watch_time_seconds bigint)
    ),
    in_list AS (
      SELECT i.user_id, l.course_id, 0, 0, 0::bigint, 0, i.completed_delta
      FROM input i
      CROSS JOIN LATERAL (SELECT course_id FROM course_lesson WHERE lesson_id = i.lesson_id OFFSET 0) l
      WHERE i.completed_delta <> 0
    ),
    moved AS (
      SELECT user_id, course_id, sum(started)::int AS started, sum(completed)::int AS completed,
             sum(watch_time_seconds)::bigint AS watch_time_seconds,
             sum(of_home)::int AS of_home, sum(of_list)::int AS of_list
      FROM (SELECT * FROM at_home UNION ALL SELECT * FROM in_list) each_one
      GROUP BY user_id, course_id
    ),
    difference AS MATERIALIZED (
      SELECT m.*, COALESCE(${countsFor('c', 'm.of_list', 'm.of_home')}, 0) AS listed,
             c.lessons_total, c.structure_version
      FROM moved m
      LEFT JOIN LATERAL (
        SELECT * FROM course
        WHERE course_id = m.course_id AND (m.started <> 0 OR m.completed <> 0 OR m.of_list <> 0) LIMIT 1) c ON true
    ),
    rollup AS (
      INSERT INTO course_progress AS p (
        user_id, course_id, lessons_started, lessons_completed, listed_completed,
        lessons_total, structure_version, watch_time_seconds, completed_at, last_activity_at)
      SELECT d.user_id, d.course_id, d.started, d.completed, d.listed,
             COALESCE(d.lessons_total, 0), COALESCE(d.structure_version, 0), d.watch_time_seconds,
             CASE WHEN ${courseIsComplete('d.listed', 'd.lessons_total')}
                  THEN $4::timestamptz END,
             $4::timestamptz
      FROM difference d
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
      RETURNING user_id, course_id, structure_version, lessons_started, created_at, completed_at,
                (xmax = 0) AS is_new
    ),
    completed_courses AS (
      SELECT user_id, course_id FROM rollup WHERE completed_at = $4::timestamptz
    ),
    certificate_due AS (
      SELECT user_id, course_id FROM completed_courses
      UNION
      SELECT user_id, course_id FROM input WHERE $2::text = 'lesson' AND completed_delta > 0
    ),
    ${requestCertificates('certificate_due', '$4::timestamptz')},
    ${appendToOutbox(
      'told',
      {
        topic: TOPICS.lessonCompleted,
        from: 'input',
        where: 'completed_delta > 0',
        ofLessons: true,
      },
      {
        topic: TOPICS.lessonReopened,
        from: 'input',
        where: 'completed_delta < 0',
        ofLessons: true,
      },
      { topic: TOPICS.courseCompleted, from: 'completed_courses' },
    )},
    learner_moved AS (
      SELECT r.user_id, r.course_id, r.created_at,
             ${isLearner('r.lessons_started > 0', 'r.completed_at IS NOT NULL')}
               - ${isLearner('r.lessons_started > d.started', 'r.completed_at <> $4::timestamptz')} AS joined,
             CASE WHEN r.completed_at = $4::timestamptz THEN r.completed_at END AS completed_at
      FROM rollup r JOIN difference d ON d.user_id = r.user_id AND d.course_id = r.course_id
    ),
    ${appendToJournal('journalled', givenMoves('$6', '$7', '$4::timestamptz'), learnerMoves('learner_moved'))},
    stale AS (
      SELECT r.user_id, r.course_id
      FROM rollup r JOIN difference d ON d.user_id = r.user_id AND d.course_id = r.course_id
      WHERE r.structure_version <> d.structure_version
         OR (r.is_new AND EXISTS (SELECT FROM unreconciled_lesson s WHERE s.course_id = r.course_id))
    )
    SELECT (SELECT count(*) FROM inserted)::int AS inserted,
           (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS "outboxRows",
           (SELECT coalesce(json_agg(json_build_object('userId', user_id, 'courseId', course_id)), '[]')
            FROM completed_courses) AS "completedCourses",
           (SELECT coalesce(json_agg(json_build_object('userId', user_id, 'courseId', course_id)), '[]')
            FROM stale) AS stale`,
});
