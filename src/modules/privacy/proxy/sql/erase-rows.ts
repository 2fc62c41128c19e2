import { column, statement } from '../../../../common/database/statement.js';
import type { Erasing } from '../../personal-table.js';

/** Rows that one statement erases at most: it takes some milliseconds, and holds few locks. */
export const ERASE_BATCH = 500;

/**
 * Deletes some of a user's rows, and says how many. $1: user id
 * @param key The columns that writes lock the table's rows by, in their order: in another, both could deadlock.
 */
export function eraseRows(table: string, key: readonly string[]): Erasing {
  const columns = key.join(', ');
  return statement({
    name: `erase-${table.replaceAll('_', '-')}`,
    columns: { erased: column.int4 },
    text: `
      WITH gone AS (
        DELETE FROM ${table} WHERE (${columns}) IN (
          SELECT ${columns} FROM ${table} WHERE user_id = $1
          ORDER BY ${columns} LIMIT ${ERASE_BATCH}
          FOR UPDATE)
        RETURNING 1
      )
      SELECT count(*)::int AS erased FROM gone`,
  });
}
