import type { Environment } from '../../config/environment.js';

/** The longest transaction of the write path, from its first statement to its commit, in statement timeouts. */
const STATEMENTS_A_TRANSACTION = 2;

/** After so many seconds, every transaction that had not seen a change is over. */
export const longestTransactionSeconds = ({ DB_STATEMENT_TIMEOUT_MS }: Environment): number =>
  (DB_STATEMENT_TIMEOUT_MS * STATEMENTS_A_TRANSACTION) / 1_000;
