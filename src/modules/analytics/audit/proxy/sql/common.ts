import { movesIn } from '../../../folding/proxy/sql/moves-taken.js';

/**
 * What every check begins with: `state`, one row; `pending`, the moves that are not folded; `leaving`, learners whose
 * erasure is under way or is still to be folded.
 *
 * `told_by_days_from`: from when on learners' days tell all activity, at the first building; null when processes that did
 * not journal came later.
 * `counted_from`: the first day of which all learners' days are kept. Only days that are 400 days old may be forgotten
 * (the least of ANALYTICS_DAYS_KEPT). Where the variable was raised, those after the earliest day that is left are whole.
 */
export const COMMON = `
    state AS MATERIALIZED (
      SELECT z.time_zone, z.built_at, z.built_on, z.first_quarter, z.told_by_days_from,
             greatest(z.today - $3::int + 2, CASE WHEN z.since_on < z.today - 398
               THEN least(z.today - 398, (SELECT min(day) + 1 FROM learner_day)) ELSE '-infinity' END) AS counted_from
      FROM (
        SELECT time_zone, built_at, (built_at AT TIME ZONE time_zone)::date AS built_on,
               (since AT TIME ZONE time_zone)::date AS since_on,
               (transaction_timestamp() AT TIME ZONE time_zone)::date AS today,
               ceil(extract(epoch FROM since) / 900)::int AS first_quarter,
               CASE WHEN built_at IS NULL AND NOT COALESCE((building->>'isAgain')::boolean, false) THEN since END
                 AS told_by_days_from
        FROM analytics_state) z
    ),
    asked AS (SELECT $1::text AS after, $2::text AS up_to),
    pending AS MATERIALIZED (${movesIn('analytics_journal')}
    ),
    leaving AS MATERIALIZED (
      SELECT u AS user_id FROM pending WHERE k = 'e'
      UNION SELECT user_id FROM erased_user WHERE finished_at IS NULL AND user_id IS NOT NULL
    )`;

/** Whether the column's value is in the portion. */
export const inPortion = (column: string): string =>
  `(${column} > $1 AND ($2::text IS NULL OR ${column} <= $2))`;

/** The day of a time; `state` must be joined. */
export const dayOf = (at: string): string => `(${at} AT TIME ZONE state.time_zone)::date`;

/** The day of a quarter of an hour; `state` must be joined. */
export const dayOfQuarter = (quarter: string): string =>
  dayOf(`to_timestamp(${quarter} * 900::float8)`);
