import type { Column } from '../../common/database/statement.js';
import { RECORD_COLUMNS, type RecordColumn } from './record-columns.js';

type Described = typeof RECORD_COLUMNS;

/** A live or deleted row of `user_progress`, with the lesson's length from the course's structure. */
export type ProgressRecord = {
  -readonly [Property in keyof Described]: Described[Property]['column'] extends Column<infer Value>
    ? Value
    : never;
} & {
  /** Null when the lesson's length is not known. */
  durationSeconds: number | null;
};

/** Properties with the same initial value in every record. */
type Initial = {
  [
    Property in keyof Described as Described[Property] extends { initial: unknown }
      ? Property
      : never
  ]: ProgressRecord[Property];
};

/**
 * The record as JSON: dates are strings. It lacks the stretches that were seen, and columns that were added after it was
 * stored.
 */
export type StoredRecord = {
  [Property in keyof ProgressRecord]: ProgressRecord[Property] extends Date
    ? string
    : ProgressRecord[Property] extends Date | null
      ? string | null
      : ProgressRecord[Property];
};

const COLUMNS = Object.entries<RecordColumn<unknown>>(RECORD_COLUMNS);

export const INITIAL_VALUES = Object.fromEntries(
  COLUMNS.filter(([, { initial }]) => initial !== undefined).map(([property, { initial }]) => [
    property,
    initial,
  ]),
) as Initial;

const DATES = COLUMNS.filter(([, { column }]) => column.type === 'timestamptz').map(
  ([property]) => property as keyof ProgressRecord,
);

const COMPARED = COLUMNS.filter(([, { set }]) => set !== 'clock').map(
  ([property]) => property as keyof ProgressRecord,
);

const NOT_WATCHED = COLUMNS.filter(([, { set, watching }]) => set === 'write' && !watching).map(
  ([property]) => property as keyof ProgressRecord,
);

/** Whether the records have the same values, except for the time of the last change. */
export const isSameRecord = (one: ProgressRecord, other: ProgressRecord): boolean =>
  areSame(COMPARED, one, other);

/** Whether versions of a record differ only in what watching changes (`watched` in `record-columns.ts`). */
export const differOnlyByWatching = (one: ProgressRecord, other: ProgressRecord): boolean =>
  areSame(NOT_WATCHED, one, other);

const areSame = (
  properties: readonly (keyof ProgressRecord)[],
  one: ProgressRecord,
  other: ProgressRecord,
): boolean => properties.every((property) => isSame(one[property], other[property]));

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;

/** What is stored of a record as an answer: without the stretches that were seen, which may be some kilobytes. */
export const answerOf = (record: ProgressRecord): object =>
  Object.fromEntries(Object.entries(record).filter(([property]) => !STRETCHES.has(property)));

const STRETCHES = new Set(
  COLUMNS.filter(([, { column }]) => column.type === 'int4multirange').map(
    ([property]) => property,
  ),
);

/** Makes a record from its JSON. Stretches that were not stored are none. */
export function reviveRecord(stored: StoredRecord): ProgressRecord {
  const dates = DATES.map((property) => {
    const text = stored[property];
    return [property, typeof text === 'string' ? new Date(text) : null];
  });
  return { ...INITIAL_VALUES, ...stored, ...Object.fromEntries(dates) } as ProgressRecord;
}
