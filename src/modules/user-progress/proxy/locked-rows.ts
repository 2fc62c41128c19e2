import type { BatchState } from '../changes/batch-state.js';
import { highest, parseMultirange } from '../evidence/ranges.js';
import type { ProgressRecord } from '../progress-record.js';
import type { LockedRow, WatchedRow } from './sql/lock-batch.js';
import { RECORD_ROW } from './sql/record-columns.js';

const PROPERTIES = Object.keys(RECORD_ROW) as (keyof ProgressRecord)[];

/** Adds a row of `lockRecords` to the state. */
export function loadRecord(row: LockedRow, state: BatchState): void {
  const record: Partial<Record<keyof ProgressRecord, unknown>> = {};
  for (const property of PROPERTIES) record[property] = row[property];
  state.records.load(record as ProgressRecord);
}

/** Adds a row of `lockWatched` to the state: an hour, a session or a record. */
export function loadWatched(row: WatchedRow, state: BatchState): void {
  if (row.hour !== null) loadHour(row, state);
  else if (row.sessionId !== null) loadSession(row, state);
  else loadRecord(row, state);
}

function loadHour({ userId, hour, credited, slackUsed }: WatchedRow, state: BatchState): void {
  const byRate = new Map(Object.entries(credited!).map(([rate, ranges]) => [Number(rate), ranges]));
  state.evidence.loadClockHour(userId!, hour!, { credited: byRate, slackUsed: slackUsed! });
}

function loadSession(
  { userId, sessionId, counted, latestSeq, latestAt }: WatchedRow,
  state: BatchState,
): void {
  const numbers = parseMultirange(counted!);
  // Another highest number was stored by a process of an older version, which leaves the latest beat as it was.
  const isKnown = latestAt !== null && latestSeq === highest(numbers);
  const latest = isKnown ? { seq: latestSeq, at: latestAt } : null;
  const session = {
    userId: userId!,
    sessionId: sessionId!,
    counted: numbers,
    latest,
    isNew: false,
  };
  state.evidence.loadSession(session);
}
