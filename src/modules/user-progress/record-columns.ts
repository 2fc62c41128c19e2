import { column, type Column } from '../../common/database/statement.js';

/** One column of `user_progress`. */
export interface RecordColumn<Value> {
  /** The name in SQL. */
  readonly name: string;
  readonly column: Column<Value>;
  /**
   * Which statement sets it. `insert`: only the insert, it never changes. `write`: every write. `clock`: every write,
   * with PostgreSQL's time of the transaction.
   */
  readonly set: 'insert' | 'write' | 'clock';
  /**
   * The value in a new record, and the column's DEFAULT. The column is nullable if this is null. If it is missing, the
   * change that creates the record gives the value.
   */
  readonly initial?: Value;
  /** Sent and stored only if it changed: it may be some kilobytes, which every other change would store again. */
  readonly large?: true;
  /** Set by watching. When no other column changes, no lesson was begun, completed, reopened, moved or deleted. */
  readonly watching?: true;
}

const given = <Value>(
  name: string,
  type: Column<Value>,
  set: RecordColumn<Value>['set'] = 'write',
) => ({ name, column: type, set });

const begins = <Value>(name: string, type: Column<Value>, initial: Value) => ({
  ...given(name, type),
  initial,
});

const watched = <Value>(name: string, type: Column<Value>, initial: Value) => ({
  ...begins(name, type, initial),
  watching: true as const,
});

/**
 * Every column of `user_progress`, once, by its name in TypeScript. The type of a record, the columns that statements
 * read and write, and the entity are derived from this. `test/database/record-columns.spec.ts` compares it with the
 * table, the schema and the export.
 */
export const RECORD_COLUMNS = {
  /** UUIDv7, made by the service. */
  id: given('id', column.uuid, 'insert'),
  userId: given('user_id', column.varchar, 'insert'),
  lessonId: given('lesson_id', column.varchar, 'insert'),
  courseId: given('course_id', column.varchar),
  completed: begins('completed', column.bool, false),
  /** When enough was watched, or it was completed by hand; null while the lesson is not completed. */
  completedAt: begins('completed_at', column.nullable(column.timestamptz), null),
  /** Seconds of media, every repetition counted. */
  watchTimeSeconds: watched('watch_time_seconds', column.int4, 0),
  /** Where to resume: seconds from the lesson's start. */
  positionSeconds: watched('position_seconds', column.int4, 0),
  /** When the player was at that position, by its own clock. */
  positionAt: watched('position_at', column.nullable(column.timestamptz), null),
  /** Which seconds of the lesson were seen at least once, in PostgreSQL's form of an `int4multirange`. */
  watched: { ...watched('watched', column.multirange, '{}'), large: true as const },
  /** Which of these seconds were seen at least twice. */
  watchedAgain: { ...watched('watched_again', column.multirange, '{}'), large: true as const },
  /** How many seconds are in `watched`. */
  uniqueSeconds: watched('unique_seconds', column.int4, 0),
  /** Credited seconds that had been seen before. */
  rewatchedSeconds: watched('rewatched_seconds', column.int4, 0),
  /** When a completed record was reopened by hand; null if it never was, or was completed since. */
  reopenedAt: begins('reopened_at', column.nullable(column.timestamptz), null),
  /** Which seconds were seen since then: only these complete it again by watching. Null where `reopened_at` is. */
  seenSince: watched('seen_since', column.nullable(column.multirange), null),
  /** When the record was deleted that this one revives: beats up to that time are not counted. */
  evidenceAfter: begins('evidence_after', column.nullable(column.timestamptz), null),
  /** Changes when a deleted record is revived. */
  createdAt: given('created_at', column.timestamptz),
  updatedAt: given('updated_at', column.timestamptz, 'clock'),
  /** Null while the record is live. */
  deletedAt: begins('deleted_at', column.nullable(column.timestamptz), null),
};
