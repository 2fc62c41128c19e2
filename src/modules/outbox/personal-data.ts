import { eraseRows } from '../privacy/proxy/sql/erase-rows.js';
import type { PersonalTable } from '../privacy/personal-table.js';

/** Undelivered messages about learners. Not exported: they repeat what other tables say. */
export const OUTBOX_TABLE: PersonalTable = {
  table: 'outbox',
  rank: 70,
  erase: eraseRows('outbox', ['id']),
};
