import { column, statement } from '../../../../common/database/statement.js';

/**
 * Stores that the records of changed lessons of course $1, held by token $2, are reconciled up to record $4 of lesson $3,
 * and extends the lease by $5 seconds. Returns no row when the lease was lost.
 */
export const advanceRecords = statement({
  name: 'advance-records',
  columns: { courseId: column.varchar },
  text: `
    UPDATE course_evaluation
    SET reconciled_lesson_id = $3, reconciled_record_id = $4,
        lease_ends_at = clock_timestamp() + make_interval(secs => $5)
    WHERE course_id = $1 AND lease_token = $2
    RETURNING course_id AS "courseId"`,
});

/**
 * Stores that course $1, held by token $2, is evaluated up to user $3, and extends the lease by $4 seconds. Returns no
 * row when the lease was lost.
 */
export const advanceEvaluation = statement({
  name: 'advance-evaluation',
  columns: { courseId: column.varchar },
  text: `
    UPDATE course_evaluation
    SET evaluated_user_id = $3, lease_ends_at = clock_timestamp() + make_interval(secs => $4)
    WHERE course_id = $1 AND lease_token = $2
    RETURNING course_id AS "courseId"`,
});
