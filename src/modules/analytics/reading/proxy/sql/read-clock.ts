import { column, statement } from '../../../../../common/database/statement.js';

/**
 * Of when the figures are: everything is folded that was recorded before the oldest move that is not. No row before the
 * figures were built for the first time. `version` is of the figures and of the day that they are seen from.
 */
export const readClock = statement({
  name: 'read-analytics-clock',
  columns: {
    asOf: column.timestamptz,
    timeZone: column.text,
    today: column.text,
    since: column.text,
    version: column.text,
  },
  text: `
    SELECT folded.at AS "asOf", s.time_zone AS "timeZone",
           (folded.at AT TIME ZONE s.time_zone)::date::text AS today,
           (s.since AT TIME ZONE s.time_zone)::date::text AS since,
           concat_ws('.', (folded.at AT TIME ZONE s.time_zone)::date, s.changes) AS version
    FROM analytics_state s, LATERAL (
      SELECT coalesce((SELECT j.at FROM analytics_journal j ORDER BY j.id LIMIT 1), now()) AS at) folded
    WHERE s.built_at IS NOT NULL`,
});
