import { statement } from '../../../../common/database/statement.js';
import { completeEntry } from './held-entry.js';

/** The event (id $1, lease $2) is out. One row where it was settled. */
export const settlePublished = statement({
  name: 'outbox-settle-published',
  columns: {},
  text: `WITH ${completeEntry('done')} SELECT FROM done`,
});
