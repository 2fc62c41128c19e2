import { column, statement } from '../../../../common/database/statement.js';

/** The most messages that are kept. */
export const UNREAD_MAXIMUM = 1_000;

/**
 * Keeps a message that could not be read, once. No row is returned when it is there already, or when there are too many.
 * $1: SHA-256 of the message, $2: what is wrong with it, $3: the message, cleaned.
 */
export const parkDeletion = statement({
  name: 'park-deletion',
  columns: { receivedAt: column.timestamptz },
  text: `
    INSERT INTO unread_deletion (digest, problem, message)
    SELECT $1::bytea, $2, $3
    WHERE (SELECT count(*) FROM unread_deletion) < ${UNREAD_MAXIMUM}
    ON CONFLICT DO NOTHING
    RETURNING received_at AS "receivedAt"`,
});

export const countUnreadDeletions = statement({
  name: 'count-unread-deletions',
  columns: { unread: column.int4 },
  text: `SELECT count(*)::int AS unread FROM unread_deletion`,
});
