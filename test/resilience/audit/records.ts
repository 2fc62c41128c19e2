import type { Outcome } from '../load/client.ts';
import { ADD_BASE, type Ledger, type RecordLedger } from '../load/ledger.ts';
import type { Postgres } from '../stage/postgres.ts';
import type { Tally } from '../tally.ts';

interface Row {
  user_id: string;
  lesson_id: string;
  completed: boolean;
  watch_time_seconds: number;
}

/**
 * Compares the clients' knowledge with the stored records: what was acknowledged is there exactly once; what was
 * refused is not; what is unknown may be either.
 */
export async function auditRecords(
  postgres: Postgres,
  ledger: Ledger,
  tally: Tally,
): Promise<void> {
  const rows = await postgres.query<Row>(
    'SELECT user_id, lesson_id, completed, watch_time_seconds FROM user_progress WHERE deleted_at IS NULL',
  );
  const stored = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.user_id} ${row.lesson_id}`;
    if (stored.has(key)) tally.duplicate('record', key);
    stored.set(key, row);
  }
  for (const [key, record] of ledger.records) auditRecord(key, record, stored.get(key), tally);
}

function auditRecord(key: string, record: RecordLedger, row: Row | undefined, tally: Tally): void {
  if (!row) {
    if (isAcknowledged(record.creates)) tally.lose('record', key);
    return;
  }
  if (isRefused(record.creates)) tally.violate('refused record is there', key);
  if (isAcknowledged(record.completes) && !row.completed) tally.lose('completion', key);
  if (isRefused(record.completes) && row.completed)
    tally.violate('refused completion is there', key);
  record.adds.forEach((attempts, number) => {
    const times = Math.floor(row.watch_time_seconds / ADD_BASE ** number) % ADD_BASE;
    const what = `${key}, addition ${number}`;
    if (times > 1) tally.duplicate('watch time', what);
    else if (times === 0 && isAcknowledged(attempts)) tally.lose('watch time', what);
    else if (times === 1 && isRefused(attempts)) tally.violate('refused watch time is there', what);
  });
}

const isAcknowledged = (outcomes: Outcome[]): boolean => outcomes.includes('acknowledged');
const isRefused = (outcomes: Outcome[]): boolean =>
  outcomes.every((outcome) => outcome === 'failed');
