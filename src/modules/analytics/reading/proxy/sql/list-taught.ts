import { column, statement } from '../../../../../common/database/statement.js';
import { atRiskSince, lostBefore } from './silence.js';

const learners = `
  SELECT coalesce(sum(learners), 0) FROM analytics_cohort a WHERE a.course_id = c.course_id`;

const atRisk = `
  SELECT coalesce(sum(learners), 0) FROM analytics_silence s
  WHERE s.course_id = c.course_id AND s.last_active_on BETWEEN ${lostBefore('$5')} AND ${atRiskSince('$5')}`;

/** What courses are ordered by, ascending: SQL, and its type. A course without a title is shown first. */
const KEYS = {
  title: { key: `lower(coalesce(c.title, ''))`, type: 'text' },
  learners: { key: `-(${learners})`, type: 'bigint' },
  atRisk: { key: `-(${atRisk})`, type: 'bigint' },
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
        SELECT c.course_id, (${key})::${type} AS key FROM course c WHERE c.instructor_id = $1) taught
      WHERE $3::${type} IS NULL OR (key, course_id) > ($3::${type}, $4)
      ORDER BY taught.key, course_id
      LIMIT $2`,
  });
}
