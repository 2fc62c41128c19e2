import { column, statement } from '../../../../common/database/statement.js';

/** A learner's certificates after a course's id. $1: user id, $2: course id, $3: how many */
export const exportCertificates = statement({
  name: 'export-certificates',
  columns: {
    courseId: column.varchar,
    status: column.text,
    completed_at: column.timestamptz,
    requested_at: column.nullable(column.timestamptz),
    issued_at: column.nullable(column.timestamptz),
    reason: column.nullable(column.text),
  },
  text: `
    SELECT course_id AS "courseId", status, completed_at, requested_at, issued_at, reason
    FROM certificate WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
});
