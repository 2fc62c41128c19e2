import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import {
  countedRecords,
  courseIsComplete,
  lessonCountsAmong,
} from '../../../user-progress/proxy/sql/completion.js';

/** The completed records of learner `p`, in all courses. */
const COMPLETED = `
  FROM user_progress u
  WHERE u.user_id = p.user_id AND ${named('u', '$3')} AND u.completed AND u.deleted_at IS NULL`;

/**
 * What another structure would mean for learners $2 of course $1: the lessons $4 (null: not
 * listed), $5 in number, $6 of them new, and $7 removed. The rollup and the records of the changed lessons suffice.
 * Only when the rollup was counted against another structure are all the learner's records that may count read. $3: the learners' names.
 *
 * Learner by learner on purpose: with set joins, each statement would read every record of the changed lessons.
 */
export const previewLearners = statement({
  name: 'preview-learners',
  columns: {
    learners: column.int4,
    completing: column.int4,
    moving: column.int4,
  },
  text: `
    WITH learner AS MATERIALIZED (
      SELECT p.user_id, p.course_id, p.lessons_started, p.listed_completed, p.completed_at,
             p.structure_version = c.structure_version AS counted, c.lessons_listed, c.lessons_total
      FROM unnest($2::varchar[]) AS k (user_id)
      JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = $1
      JOIN course c ON c.course_id = p.course_id
      WHERE ${named('p', '$3')}
    ),
    compared AS MATERIALIZED (
      SELECT p.user_id, p.course_id, p.lessons_started, p.completed_at, p.lessons_total AS total_now,
             CASE WHEN p.counted THEN p.listed_completed
                  ELSE (SELECT count(*) FROM (${countedRecords('p', 'p.user_id', '$3')}) completed) END AS completed_now,
             CASE WHEN p.counted AND (p.lessons_listed OR $4::varchar[] IS NULL) THEN p.listed_completed + (
               SELECT count(*) FILTER (WHERE u.lesson_id = ANY ($6::varchar[]))
                    - count(*) FILTER (WHERE u.lesson_id = ANY ($7::varchar[]))
               ${COMPLETED} AND u.lesson_id = ANY ($6::varchar[] || $7::varchar[]))
             ELSE (
               SELECT count(*) ${COMPLETED} AND ${lessonCountsAmong('$4::varchar[]', 'p.course_id')})
             END AS completed_then
      FROM learner p
    )
    SELECT (count(*) FILTER (WHERE lessons_started > 0))::int AS learners,
           (count(*) FILTER (
             WHERE completed_at IS NULL AND ${courseIsComplete('completed_then', '$5::int')}))::int AS completing,
           (count(*) FILTER (
             WHERE coalesce(least(completed_now, total_now)::float8 / nullif(total_now, 0), 0)
                <> coalesce(least(completed_then, $5::int)::float8 / nullif($5::int, 0), 0)))::int AS moving
    FROM compared`,
});
