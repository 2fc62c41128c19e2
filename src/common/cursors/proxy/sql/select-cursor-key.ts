import { column, statement } from '../../../database/statement.js';

export const selectCursorKey = statement({
  name: 'select-cursor-key',
  columns: { key: column.bytea },
  text: 'SELECT key FROM cursor_key',
});
