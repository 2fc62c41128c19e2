import { column, statement } from '../../../database/statement.js';

/**
 * $1: a new key. Returns the stored key: the new one, or that of another process that was faster. The UPDATE changes
 * nothing; without it, an existing row would not be returned.
 */
export const keepCursorKey = statement({
  name: 'keep-cursor-key',
  columns: { key: column.bytea },
  text: `
    INSERT INTO cursor_key (key) VALUES ($1)
    ON CONFLICT (is_only) DO UPDATE SET key = cursor_key.key
    RETURNING key`,
});
