import { Injectable } from '@nestjs/common';
import { renewIdle } from './renew-idle.js';
import { Transactions } from './transactions.js';

const MODE = `SELECT current_setting('transaction_read_only') AS read_only`;

/** Whether the database takes changes: a standby does not, nor does one whose default is read-only. */
@Injectable()
export class Primary {
  constructor(private readonly transactions: Transactions) {}

  /** Asks over any connection of the pool. All of them are renewed when the answer is no. */
  async takesChanges(): Promise<boolean> {
    const { pool } = this.transactions;
    const { rows } = await pool.query<{ read_only: string }>(MODE);
    const isPrimary = rows[0]?.read_only === 'off';
    if (!isPrimary) await renewIdle(pool);
    return isPrimary;
  }
}
