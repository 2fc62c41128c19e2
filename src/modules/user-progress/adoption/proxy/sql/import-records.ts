import { column, statement } from '../../../../../common/database/statement.js';
import { expectCourses } from '../../../../course-catalog/proxy/sql/expect-courses.js';

/**
 * Imports the records of some learners with their rollups, and stores the adoption's position: all of it, or nothing.
 * The rollups have structure version 0, so that each course's evaluation recounts them.
 * $1: JSON array of records; $2: the last learner who was looked at.
 * `imported` is less than the number of records when an id is taken: the caller then rolls back.
 */
export const importRecords = statement({
  name: 'import-records',
  columns: { imported: column.int4 },
  text: `
    WITH record AS (
      INSERT INTO user_progress (
        id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds, created_at, updated_at)
      SELECT id, "userId", "lessonId", "courseId", completed, "completedAt", "watchTimeSeconds", "createdAt", "updatedAt"
      FROM json_to_recordset($1::json) AS r (
        id uuid, "userId" varchar, "lessonId" varchar, "courseId" varchar, completed boolean,
        "completedAt" timestamptz, "watchTimeSeconds" integer, "createdAt" timestamptz, "updatedAt" timestamptz)
      ON CONFLICT DO NOTHING
      RETURNING user_id, course_id, completed, watch_time_seconds, created_at, updated_at
    ),
    rollup AS (
      INSERT INTO course_progress (
        user_id, course_id, lessons_started, lessons_completed, watch_time_seconds, last_activity_at, created_at)
      SELECT user_id, course_id, count(*), count(*) FILTER (WHERE completed), sum(watch_time_seconds),
             max(updated_at), min(created_at)
      FROM record GROUP BY user_id, course_id
    ),
    ${expectCourses('record')},
    noted AS (
      UPDATE adoption
      SET position = $2, records = records + (SELECT count(*) FROM record)
    )
    SELECT count(*)::int AS imported FROM record`,
});

/** Which of the ids $1 are taken by a record. */
export const takenIds = statement({
  name: 'taken-ids',
  columns: { id: column.uuid },
  text: `SELECT id FROM user_progress WHERE id = ANY ($1::uuid[])`,
});
