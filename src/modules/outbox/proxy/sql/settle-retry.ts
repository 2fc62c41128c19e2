import { statement } from '../../../../common/database/statement.js';
import { retryEntry } from './held-entry.js';

/**
 * Settles the failed attempt (id $1, lease $2): due again in $3 milliseconds, with the reason $4. One row when it
 * settled.
 */
export const settleRetry = statement({
  name: 'outbox-settle-retry',
  columns: {},
  text: `WITH ${retryEntry('again', '$3 / 1000.0', '$4')} SELECT FROM again`,
});
