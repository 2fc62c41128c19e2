import { statement } from '../../../../common/database/statement.js';
import { retryEntry } from './held-entry.js';

/** The attempt (id $1, lease $2) came to nothing: due again in $3 milliseconds; $4 says why. One row where settled. */
export const settleRetry = statement({
  name: 'outbox-settle-retry',
  columns: {},
  text: `WITH ${retryEntry('again', '$3 / 1000.0', '$4')} SELECT FROM again`,
});
