import { named } from '../../../../common/database/placement/named.js';
import { statement } from '../../../../common/database/statement.js';
import { appendToJournal, learnerMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { dateCertificates } from '../../../certificates/proxy/sql/date-certificates.js';
import { countedRecords } from './completion.js';

/**
 * Dates the courses that this transaction completed, and the certificates that it requested: when the last of the
 * lessons was completed. That may be days ago, if beats were held back offline. Until then they have the transaction's
 * time, by which the statements that complete courses know what they completed, so this statement comes after them.
 * Analytics is told, too: of two dates of a completion the earlier one counts.
 * $1: JSON array of { user_id, course_id }, $2: their users, $3: the transaction's time.
 */
export const dateCompletions = statement({
  name: 'date-completions',
  columns: {},
  text: `
    WITH dated AS MATERIALIZED (
      SELECT k.user_id, k.course_id, l.completed_at
      FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
      JOIN course c ON c.course_id = k.course_id
      CROSS JOIN LATERAL (
        SELECT max(completed_at) AS completed_at
        FROM (${countedRecords('c', 'k.user_id', '$2')}) completed) l
      WHERE l.completed_at IS NOT NULL
    ),
    dated_courses AS (
      UPDATE course_progress p SET completed_at = d.completed_at
      FROM dated d
      WHERE p.user_id = d.user_id AND p.course_id = d.course_id AND ${named('p', '$2')}
        AND p.completed_at = $3::timestamptz
      RETURNING p.user_id, p.course_id, 0 AS joined, p.created_at, p.completed_at
    ),
    ${appendToJournal('journalled', learnerMoves('dated_courses'))},
    ${dateCertificates('dated', named('f', '$2'), '$3::timestamptz')}
    SELECT FROM dated`,
});
