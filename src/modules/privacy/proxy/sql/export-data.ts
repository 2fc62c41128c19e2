import type { Statement } from '../../../../common/database/database.js';

/** A learner's records after an id, deleted ones too: they are kept. $1: user id, $2: record id, $3: how many */
export const exportRecords: Statement = {
  name: 'export_records',
  text: `
    SELECT id, lesson_id, course_id, completed, completed_at, watch_time_seconds, position_seconds,
           watched::text AS watched, rewatched_seconds, created_at, updated_at, deleted_at
    FROM user_progress WHERE user_id = $1 AND id > $2::uuid ORDER BY id LIMIT $3`,
};

/** A learner's courses after an id. $1: user id, $2: course id, $3: how many */
export const exportCourses: Statement = {
  name: 'export_courses',
  text: `
    SELECT course_id, lessons_started, lessons_completed, watch_time_seconds::float8 AS watch_time_seconds,
           completed_at, last_activity_at
    FROM course_progress WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
};

/** A learner's certificates after a course's id. $1: user id, $2: course id, $3: how many */
export const exportCertificates: Statement = {
  name: 'export_certificates',
  text: `
    SELECT course_id, status, completed_at, requested_at, issued_at
    FROM certificate WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
};
