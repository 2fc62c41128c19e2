import { column, statement } from '../../../../common/database/statement.js';
import type { Erasing } from '../../personal-table.js';

/** The most rows that one statement erases: it takes some milliseconds, and holds few locks. */
export const ERASE_BATCH = 500;

/**
 * Deletes some of a user's rows, and returns their number. $1: user id
 * @param key The columns by which writes lock the table's rows, in the same order. In another order, both could
 *   deadlock.
 * @param then Makes one more common table expression, of the name of that with the deleted rows
 */
export function eraseRows(
  table: string,
  key: readonly string[],
  then?: (gone: string) => string,
): Erasing {
  const columns = key.join(', ');
  return statement({
    name: `erase-${table.replaceAll('_', '-')}`,
    columns: { erased: column.int4 },
    text: `
      WITH gone AS (
        DELETE FROM ${table} WHERE user_id = $1 AND (${columns}) IN (
          SELECT ${columns} FROM ${table} WHERE user_id = $1
          ORDER BY ${columns} LIMIT ${ERASE_BATCH}
          FOR UPDATE)
        RETURNING ${then ? '*' : '1'}
      )${then ? `,${then('gone')}` : ''}
      SELECT count(*)::int AS erased FROM gone`,
  });
}
