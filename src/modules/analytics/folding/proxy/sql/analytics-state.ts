import { FORMER_PROCESSES } from '../../../../../common/database/former-processes.js';
import { column, statement } from '../../../../../common/database/statement.js';

/**
 * Begins analytics, unless that was done before. Where there are records already, or a process that may have written some
 * and does not journal, learners' days begin with the next quarter of an hour: of this one, nobody knows what was done
 * before. Where there is neither, nothing is missing: beats may be $2 hours late, and the figures need not be built from
 * records.
 * The column of `user_progress` is for Citus, which cannot read a result without any.
 * $1: the time zone of days; $2: hours
 */
export const beginAnalytics = statement({
  name: 'begin-analytics',
  columns: {},
  text: `
    INSERT INTO analytics_state (time_zone, since, built_at)
    SELECT $1,
           CASE WHEN is_empty THEN transaction_timestamp() - make_interval(hours => $2)
                ELSE to_timestamp(ceil(extract(epoch FROM transaction_timestamp()) / 900) * 900) END,
           CASE WHEN is_empty THEN transaction_timestamp() END
    FROM (
      SELECT NOT EXISTS (SELECT user_id FROM user_progress) AND NOT ${FORMER_PROCESSES} AS is_empty) records
    ON CONFLICT DO NOTHING`,
});

/**
 * Locks the state for the rest of the transaction. No row: another folder has it, or analytics has not begun.
 * `firstQuarter`: the first quarter of an hour that has days, counted from 1970. $1: how many days are kept
 */
export const lockState = statement({
  name: 'lock-analytics-state',
  columns: { timeZone: column.text, firstQuarter: column.int4 },
  text: `
    SELECT time_zone AS "timeZone",
           ceil(extract(epoch FROM greatest(since, transaction_timestamp() - make_interval(days => $1))) / 900)::int
             AS "firstQuarter"
    FROM analytics_state FOR UPDATE SKIP LOCKED`,
});

/** The time zone that analytics began with. */
export const keptTimeZone = statement({
  name: 'kept-time-zone',
  columns: { timeZone: column.text },
  text: `SELECT time_zone AS "timeZone" FROM analytics_state`,
});
