import type { ChangedHour, SessionState } from '../changes/batch-evidence.js';
import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDeltas } from '../changes/rollup-delta.js';
import { formatMultirange, type Ranges } from '../evidence/ranges.js';
import type { ProgressRecord } from '../progress-record.js';
import { RECORD_COLUMNS, type RecordColumn } from '../record-columns.js';

const WATCHED = Object.entries<RecordColumn<unknown>>(RECORD_COLUMNS)
  .filter(([, { watching }]) => watching)
  .map(([property, { large }]) => ({
    property: property as keyof ProgressRecord,
    isLarge: large === true,
  }));

/** The values of `writeWatched` after the time. */
export const watchedValues = (
  sessions: readonly SessionState[],
  hours: readonly ChangedHour[],
  records: readonly ChangedRecord[],
): unknown[] => [
  ...evidenceArrays(sessions, hours),
  ...rollupArrays(records),
  ...recordArrays(records),
];

/** Arrays of sessions, and of hours of clocks. */
export const evidenceArrays = (
  sessions: readonly SessionState[],
  hours: readonly ChangedHour[],
): unknown[] => [...sessionArrays(sessions), ...hourArrays(hours)];

const sessionArrays = (sessions: readonly SessionState[]): unknown[][] => [
  sessions.map(({ userId }) => userId),
  sessions.map(({ sessionId }) => sessionId),
  sessions.map(({ counted }) => formatMultirange(counted)),
  sessions.map(({ latest }) => latest?.seq ?? null),
  sessions.map(({ latest }) => latest?.at.toISOString() ?? null),
];

const hourArrays = (hours: readonly ChangedHour[]): unknown[][] => [
  hours.map(({ userId }) => userId),
  hours.map(({ hour }) => hour),
  hours.map(({ entry }) => creditedJson(entry.credited)),
  hours.map(({ entry }) => entry.slackUsed),
];

/** A beat changes an hour, so this is written often: `JSON.stringify` takes twice as long. */
const creditedJson = (credited: ReadonlyMap<number, Ranges>): string =>
  `{${Array.from(credited, ([rate, ranges]) => `"${rate}":[${ranges.map(rangeJson).join()}]`).join()}}`;

const rangeJson = ([from, to]: Ranges[number]): string => `[${from},${to}]`;

function rollupArrays(records: readonly ChangedRecord[]): unknown[][] {
  const deltas = rollupDeltas(records);
  return [
    deltas.map(({ userId }) => userId),
    deltas.map(({ courseId }) => courseId),
    deltas.map(({ watchTimeSeconds }) => watchTimeSeconds),
  ];
}

const recordArrays = (records: readonly ChangedRecord[]): unknown[][] => [
  records.map(({ record }) => record.userId),
  records.map(({ record }) => record.id),
  ...WATCHED.map(({ property, isLarge }) =>
    records.map(({ record, before }) => {
      const value = record[property];
      if (isLarge && value === before![property]) return null;
      return value instanceof Date ? value.toISOString() : value;
    }),
  ),
];
