import { column, statement } from '../../../../common/database/statement.js';

/**
 * Claims the changed course that has waited longest, for $1 seconds. A course that another process is claiming at the
 * moment is skipped.
 */
export const claimEvaluation = statement({
  name: 'claim-evaluation',
  columns: {
    courseId: column.varchar,
    structureVersion: column.int4,
    begunAt: column.text,
    lessonId: column.nullable(column.varchar),
    recordId: column.nullable(column.uuid),
    after: column.varchar,
    leaseToken: column.uuid,
  },
  text: `
    WITH due AS (
      SELECT course_id FROM course_evaluation
      WHERE lease_ends_at IS NULL OR lease_ends_at <= clock_timestamp()
      ORDER BY lease_ends_at NULLS FIRST, structure_changed_at
      LIMIT 1
      FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE course_evaluation e
    SET lease_token = gen_random_uuid(), lease_ends_at = clock_timestamp() + make_interval(secs => $1),
        begun_at = coalesce(e.begun_at, clock_timestamp())
    FROM due WHERE e.course_id = due.course_id
    RETURNING e.course_id AS "courseId", e.structure_version AS "structureVersion",
              e.begun_at::text AS "begunAt", e.reconciled_lesson_id AS "lessonId", e.reconciled_record_id AS "recordId",
              coalesce(e.evaluated_user_id, '') AS "after", e.lease_token AS "leaseToken"`,
});
