import { column, statement } from '../../../../../common/database/statement.js';

/** The age of the oldest row of the journal. No row: everything is folded. */
export const oldestMoves = statement({
  name: 'oldest-moves',
  columns: { seconds: column.float8 },
  text: `
    SELECT greatest(0, extract(epoch FROM clock_timestamp() - at))::float8 AS seconds
    FROM analytics_journal ORDER BY id LIMIT 1`,
});
