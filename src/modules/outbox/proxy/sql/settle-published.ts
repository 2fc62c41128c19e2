import { statement } from '../../../../common/database/statement.js';
import { completeEntry } from './held-entry.js';

/** Settles the published event (id $1, lease $2). One row when it settled. */
export const settlePublished = statement({
  name: 'outbox-settle-published',
  columns: {},
  text: `WITH ${completeEntry('done')} SELECT FROM done`,
});
