import { column, statement } from '../../../../common/database/statement.js';

/** A learner's records after an id, deleted ones too: they are kept. $1: user id, $2: record id, $3: how many */
export const exportRecords = statement({
  name: 'export-records',
  columns: {
    id: column.uuid,
    lessonId: column.varchar,
    courseId: column.varchar,
    completed: column.bool,
    completed_at: column.nullable(column.timestamptz),
    watch_time_seconds: column.int4,
    position_seconds: column.int4,
    position_at: column.nullable(column.timestamptz),
    watched: column.multirange,
    unique_seconds: column.int4,
    rewatched_seconds: column.int4,
    createdAt: column.timestamptz,
    updatedAt: column.timestamptz,
    deletedAt: column.nullable(column.timestamptz),
  },
  text: `
    SELECT id, lesson_id AS "lessonId", course_id AS "courseId", completed, completed_at, watch_time_seconds,
           position_seconds, position_at, watched, unique_seconds, rewatched_seconds,
           created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"
    FROM user_progress WHERE user_id = $1 AND id > $2::uuid ORDER BY id LIMIT $3`,
});

/** A learner's courses after an id. $1: user id, $2: course id, $3: how many */
export const exportCourses = statement({
  name: 'export-courses',
  columns: {
    courseId: column.varchar,
    lessons_started: column.int4,
    lessons_completed: column.int4,
    watch_time_seconds: column.float8,
    completed_at: column.nullable(column.timestamptz),
    last_activity_at: column.timestamptz,
  },
  text: `
    SELECT course_id AS "courseId", lessons_started, lessons_completed,
           watch_time_seconds::float8 AS watch_time_seconds, completed_at, last_activity_at
    FROM course_progress WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
});
