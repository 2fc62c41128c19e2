import { column, statement } from '../../../../../common/database/statement.js';
import { atRisk } from './silence.js';

const learners = `coalesce((SELECT learners FROM analytics_course a WHERE a.course_id = c.course_id), 0)`;

/** What courses are ordered by, ascending: SQL, and its type. A course without a title is shown first. */
const KEYS = {
  title: { key: `lower(coalesce(c.title, ''))`, type: 'text' },
  learners: { key: `-${learners}`, type: 'bigint' },
  atRisk: { key: `-${atRisk('c.course_id', '$5')}`, type: 'bigint' },
} as const;

export type TaughtOrder = keyof typeof KEYS;

/**
 * Up to $2 courses that $1 teaches, after (key $3, course $4) in the order, or from the beginning if $3 is null. If they are
 * ordered by who is at risk, $5 is today.
 */
export function listTaught(order: TaughtOrder) {
  const { key, type } = KEYS[order];
  return statement({
    name: ['list-taught', order].join('-'),
    columns: { courseId: column.varchar, key: column.text },
    text: `
      SELECT course_id AS "courseId", key::text AS key
      FROM (
        SELECT c.course_id, (${key})::${type} AS key FROM course c WHERE c.instructor_id = $1 OFFSET 0) taught
      WHERE $3::${type} IS NULL OR (key, course_id) > ($3::${type}, $4)
      ORDER BY taught.key, course_id
      LIMIT $2`,
  });
}
