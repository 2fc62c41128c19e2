import { statement } from '../../../../common/database/statement.js';
import { completeEntry } from './held-entry.js';

/** Settles the published event (learner $1, id $2, lease $3). One row when it settled. */
export const settlePublished = statement({
  name: 'outbox-settle-published',
  columns: {},
  text: `WITH ${completeEntry('done')} SELECT FROM done`,
});
