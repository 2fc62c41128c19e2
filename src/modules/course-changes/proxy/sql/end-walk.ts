import { column, statement } from '../../../../common/database/statement.js';

/**
 * Ends a walk: every learner of course $1, held by token $2, was evaluated. The evaluation is finished only if the walk
 * began $3 seconds after the change, also after that of each lesson that is still unreconciled. Until then, a transaction
 * that had not seen the change may have added a learner or a record behind the walk's position, which would never be
 * evaluated. Otherwise another, cheap walk is due at that time.
 */
export const endWalk = statement({
  name: 'end-walk',
  columns: { final: column.bool },
  text: `
    WITH held AS (
      SELECT course_id, begun_at,
             greatest(structure_changed_at, (
               SELECT max(known_at) FROM unreconciled_lesson s WHERE s.course_id = e.course_id
             )) + make_interval(secs => $3) AS settled_at
      FROM course_evaluation e
      WHERE course_id = $1 AND lease_token = $2
      FOR UPDATE
    ), finished AS (
      DELETE FROM course_evaluation e USING held
      WHERE e.course_id = held.course_id AND held.begun_at >= settled_at
      RETURNING true AS final
    ), postponed AS (
      UPDATE course_evaluation e
      SET begun_at = NULL, reconciled_lesson_id = NULL, reconciled_record_id = NULL, evaluated_user_id = NULL, lease_token = NULL, lease_ends_at = settled_at
      FROM held
      WHERE e.course_id = held.course_id AND held.begun_at < settled_at
      RETURNING false AS final
    )
    SELECT final FROM finished UNION ALL SELECT final FROM postponed`,
});
