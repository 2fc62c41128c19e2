import { eraseRows } from '../privacy/proxy/sql/erase-rows.js';
import type { PersonalTable } from '../privacy/personal-table.js';

/** What is still to be told of learners. Exports leave it out: it says again what other tables say. */
export const OUTBOX_TABLE: PersonalTable = {
  table: 'outbox',
  rank: 70,
  erase: eraseRows('outbox', ['id']),
};
