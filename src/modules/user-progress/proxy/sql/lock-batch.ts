import { named } from '../../../../common/database/placement/named.js';
import {
  column,
  statement,
  type Column,
  type Columns,
  type RowOf,
} from '../../../../common/database/statement.js';
import type { Ranges } from '../../evidence/ranges.js';
import { rowsOf } from './key-rows.js';
import { LESSON_OF_RECORD, noRecord, RECORD, RECORD_ROW } from './record-columns.js';

type Nullable<Described extends Columns> = {
  [Name in keyof Described]: Column<RowOf<Described>[Name] | null>;
};
const nullable = <Described extends Columns>(columns: Described): Nullable<Described> =>
  columns as Nullable<Described>;

/** The first row has the time of the transaction, to the microsecond, and nothing else. */
const TIME = { now: column.nullable(column.text) };

/** A row is an hour, if it has `hour`, a session, if it has `sessionId`, or a record, if it has `id`. */
const EVIDENCE = nullable({
  hour: column.int4,
  credited: column.jsonb<Record<string, Ranges>>(),
  slackUsed: column.int4,
  sessionId: column.varchar,
  counted: column.multirange,
  latestSeq: column.nullable(column.int4),
  latestAt: column.nullable(column.timestamptz),
});

const RECORDS = { ...TIME, ...nullable(RECORD_ROW) };
const WATCHED = { ...TIME, ...EVIDENCE, ...nullable(RECORD_ROW) };

export type LockedRow = RowOf<typeof RECORDS>;
export type WatchedRow = RowOf<typeof WATCHED>;

const lockedRecords = (names: string) => `
    record AS (
      SELECT ${RECORD}
      FROM ${rowsOf('$1::varchar[]', '$2::varchar[]')} AS k (user_id, lesson_id)
      JOIN user_progress u ON u.user_id = k.user_id AND u.lesson_id = k.lesson_id
      ${LESSON_OF_RECORD}
      WHERE ${named('u', names)}
      ORDER BY u.user_id, u.lesson_id
      FOR NO KEY UPDATE OF u
    )`;

/**
 * Locks the records of a batch, in (user, lesson) order: two processes that lock in different orders would deadlock.
 * $1, $2: user and lesson of each record, without repetition. $3: the users' names.
 */
export const lockRecords = statement({
  name: 'lock-records',
  columns: RECORDS,
  text: `
    WITH ${lockedRecords('$3')}
    SELECT transaction_timestamp()::text AS now, ${noRecord()}
    UNION ALL
    SELECT NULL, r.* FROM record r`,
});

/**
 * Locks what a batch with beats may touch: hours of the learners' clocks, then sessions, then records, each in order.
 * The parts of a UNION ALL are executed one after the other.
 *
 * All are read as they were when the statement began, or, where it waited for a lock, as they are then. A row that was
 * inserted meanwhile is not seen, and inserting it again starts the batch over.
 * $1, $2: user and lesson of each record. $3, $4, $5: user, first and last hour of each span of hours. $6, $7: user and
 * session of each session. None is repeated. $8: the users' names.
 */
export const lockWatched = statement({
  name: 'lock-watched',
  columns: WATCHED,
  text: `
    WITH hour AS (
      SELECT w.user_id, w.hour, w.credited, w.slack_used
      FROM ${rowsOf('$3::varchar[]', '$4::integer[]', '$5::integer[]')} AS k (user_id, first_hour, last_hour)
      JOIN watch_clock w ON w.user_id = k.user_id AND w.hour BETWEEN k.first_hour AND k.last_hour
      WHERE ${named('w', '$8')}
      ORDER BY w.user_id, w.hour
      FOR NO KEY UPDATE OF w
    ),
    session AS (
      SELECT s.user_id, s.session_id, s.counted, s.latest_seq, s.latest_at
      FROM ${rowsOf('$6::varchar[]', '$7::varchar[]')} AS k (user_id, session_id)
      JOIN watch_session s ON s.user_id = k.user_id AND s.session_id = k.session_id
      WHERE ${named('s', '$8')}
      ORDER BY s.user_id, s.session_id
      FOR NO KEY UPDATE OF s
    ),
    ${lockedRecords('$8')}
    SELECT transaction_timestamp()::text AS now,
           NULL::integer AS hour, NULL::jsonb AS credited, NULL::integer AS "slackUsed",
           NULL::varchar AS "sessionId", NULL::int4multirange AS counted, NULL::integer AS "latestSeq",
           NULL::timestamptz AS "latestAt", ${noRecord()}
    UNION ALL
    SELECT NULL, h.hour, h.credited, h.slack_used, NULL, NULL, NULL, NULL, ${noRecord('h.user_id')} FROM hour h
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, s.session_id, s.counted, s.latest_seq, s.latest_at, ${noRecord('s.user_id')} FROM session s
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, r.* FROM record r`,
});
