import type { Selection } from '../../common/graphql/selection.js';
import type { UserProgress } from './dtos/user-progress.dto.js';
import type { ProgressRecord } from './progress-record.js';

/** A property of a record that a list reads where it is asked for. The others are known without reading. */
export type ListedColumn = Exclude<keyof ProgressRecord, 'userId' | 'deletedAt'>;

/** What each field of a record in a list is made of. */
const COLUMNS_OF_FIELD: Record<keyof UserProgress, readonly ListedColumn[]> = {
  id: ['id'],
  userId: [],
  lessonId: ['lessonId'],
  courseId: ['courseId'],
  completed: ['completed'],
  completed_at: ['completedAt'],
  watch_time_seconds: ['watchTimeSeconds'],
  position_seconds: ['positionSeconds', 'durationSeconds'],
  unique_seconds: ['uniqueSeconds'],
  rewatched_seconds: ['rewatchedSeconds'],
  coverage_percentage: ['uniqueSeconds', 'durationSeconds'],
  watched: ['watched'],
  createdAt: ['createdAt'],
  updatedAt: ['updatedAt'],
};

/** Every column that a list may read, in the order in which statements return them. */
export const LISTED_COLUMNS: readonly ListedColumn[] = [
  ...new Set(Object.values(COLUMNS_OF_FIELD).flat()),
];

/** What a document asks for of each record, in the order of `LISTED_COLUMNS`. */
export function columnsOf(record: Selection | undefined): readonly ListedColumn[] {
  const fields = Object.entries(COLUMNS_OF_FIELD).filter(([field]) => record?.has(field));
  const wanted = new Set(fields.flatMap(([, columns]) => columns));
  return LISTED_COLUMNS.filter((column) => wanted.has(column));
}
