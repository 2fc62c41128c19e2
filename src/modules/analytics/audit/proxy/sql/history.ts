import { FORMER_PROCESSES } from '../../../../../common/database/former-processes.js';
import { column, statement } from '../../../../../common/database/statement.js';
import type { Building, Obstacle } from '../../history/building.js';

/** A change that began before the quarter is committed then, or it ran into its time limit. */
const LONGEST_CHANGE_SECONDS = 10;

/** One process builds at a time. The id is of this service's advisory locks: the one of the migrations is 7309001. */
const BUILDER_LOCK = 7_309_002;

export const lockBuilder = statement({
  name: 'lock-analytics-builder',
  columns: { locked: column.bool },
  text: `SELECT pg_try_advisory_xact_lock(${BUILDER_LOCK}) AS locked`,
});

/**
 * Whether the figures are built, how far their building is, and what is in its way. A session of a version before has
 * another name. When none is left, all that they wrote is committed, and every later snapshot has it.
 */
export const readHistory = statement({
  name: 'read-analytics-history',
  columns: {
    isBuilt: column.bool,
    building: column.nullable(column.json<Building>()),
    obstacle: column.nullable(column.oneOf<Obstacle>()),
  },
  text: `
    SELECT built_at IS NOT NULL AS "isBuilt", building,
           CASE WHEN ${FORMER_PROCESSES} THEN 'former-processes'
                WHEN EXISTS (SELECT FROM adoption WHERE finished_at IS NULL) THEN 'adoption'
                WHEN building IS NOT NULL AND NOT (building->>'isAgain')::boolean
                  AND transaction_timestamp() < since + interval '${LONGEST_CHANGE_SECONDS} s' THEN 'first-quarter'
                END AS obstacle
    FROM analytics_state`,
});

/**
 * Begins to build the figures for the first time. Days of learners begin with the next quarter of an hour: what was done
 * until now, beside processes that did not journal, is not all known. $1: the first portion
 */
export const beginHistory = statement({
  name: 'begin-analytics-history',
  columns: {},
  text: `
    WITH forgotten AS (DELETE FROM learner_day)
    UPDATE analytics_state
    SET building = $1::json,
        since = to_timestamp(ceil(extract(epoch FROM transaction_timestamp()) / 900) * 900)`,
});

/** Stores which portion is next. $1: the portion */
export const goOnWithHistory = statement({
  name: 'go-on-with-analytics-history',
  columns: {},
  text: `UPDATE analytics_state SET building = $1::json`,
});

/** Says that the figures are built. */
export const endHistory = statement({
  name: 'end-analytics-history',
  columns: {},
  text: `UPDATE analytics_state SET building = NULL, built_at = transaction_timestamp(), changes = changes + 1`,
});

/**
 * Says that the figures are not exact any more: they are built anew. Where they were built before, the days of learners
 * stay. $1: the first portion of a building that is not the first one
 */
export const doubtHistory = statement({
  name: 'doubt-analytics-history',
  columns: {},
  text: `
    UPDATE analytics_state
    SET built_at = NULL,
        building = CASE WHEN built_at IS NOT NULL OR (building->>'isAgain')::boolean THEN $1::json END`,
});
