import { column, statement } from '../../../../common/database/statement.js';
import { ERASE_BATCH } from './erase-rows.js';

/** The most events that are kept: a peer that sends nothing else must not fill the disk. */
const KEPT_MAXIMUM = 1_000;

/**
 * Keeps an event until it is dealt with. Returns whether it is kept; false when there are too many already.
 * $1: its hash, $2: subject, $3: the event, $4: why it is not understood
 */
export const keepUnreadEvent = statement({
  name: 'keep-unread-event',
  columns: { kept: column.bool },
  text: `
    WITH kept AS (
      INSERT INTO unread_event (body_hash, subject, body, reason)
      SELECT $1::bytea, $2, $3, $4
      WHERE (SELECT count(*) FROM unread_event) < ${KEPT_MAXIMUM}
      ON CONFLICT DO NOTHING
      RETURNING 1
    )
    SELECT EXISTS (SELECT FROM kept)
        OR EXISTS (SELECT FROM unread_event WHERE body_hash = $1::bytea) AS kept`,
});

export const countUnreadEvents = statement({
  name: 'count-unread-events',
  columns: { events: column.int4 },
  text: `SELECT count(*)::int AS events FROM unread_event`,
});

/**
 * Deletes the events that hold user $1's id as a JSON text, and not as the name of a field: the user is being erased, so
 * nothing is left to do about them.
 */
export const eraseUnreadEvents = statement({
  name: 'erase-unread-events',
  columns: { erased: column.int4 },
  text: `
    WITH gone AS (
      DELETE FROM unread_event WHERE body_hash IN (
        SELECT body_hash FROM unread_event
        WHERE body ~ ('"' || $1::text || '\\\\?"(?!\\s*:)')
        ORDER BY body_hash LIMIT ${ERASE_BATCH}
        FOR UPDATE)
      RETURNING 1
    )
    SELECT count(*)::int AS erased FROM gone`,
});
