import { column, statement } from '../../../database/statement.js';

/**
 * $1 a new key. Returns the key that is kept: the new one, or that of a process which was faster. The update changes
 * nothing; without it, nothing would be returned for a row that is there.
 */
export const keepCursorKey = statement({
  name: 'keep-cursor-key',
  columns: { key: column.bytea },
  text: `
    INSERT INTO cursor_key (key) VALUES ($1)
    ON CONFLICT (is_only) DO UPDATE SET key = cursor_key.key
    RETURNING key`,
});
