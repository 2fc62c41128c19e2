import { statement } from '../../../../common/database/statement.js';
import { retryEntry } from './held-entry.js';

/**
 * Settles the failed attempt (learner $1, id $2, lease $3): due again in $4 milliseconds, with the reason $5. One row when it
 * settled.
 */
export const settleRetry = statement({
  name: 'outbox-settle-retry',
  columns: {},
  text: `WITH ${retryEntry('again', '$4 / 1000.0', '$5')} SELECT FROM again`,
});
