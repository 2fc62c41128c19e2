import { uuidv7 } from 'uuidv7';
import { isId } from '../../../common/id.js';
import { recordId } from '../record-id.js';

/** A row of the original service's `user_progress`. Times are ISO 8601, UTC, to the microsecond. */
export interface OriginalRow {
  id: string;
  userId: string;
  lessonId: string | null;
  courseId: string | null;
  completed: boolean | null;
  watchTimeSeconds: number | null;
  createdAt: string;
  updatedAt: string;
}

/** A record to import. */
export interface AdoptedRecord {
  id: string;
  userId: string;
  lessonId: string;
  courseId: string;
  completed: boolean;
  completedAt: string | null;
  watchTimeSeconds: number;
  createdAt: string;
  updatedAt: string;
}

/**
 * Merges the original's rows, which had no unique key, into one record for each learner and lesson. The record is
 * completed if any of its rows was; the date is that of the completed row that changed first. Its watch time is the
 * largest. It has the id and the creation time of the row created first, and the course of the row changed last. Rows
 * without a learner, lesson or course make no record.
 */
export function mergeOriginals(rows: readonly OriginalRow[]): AdoptedRecord[] {
  return [...groupedByLesson(rows.filter(isWhole)).values()].map(merge);
}

type WholeRow = OriginalRow & { lessonId: string; courseId: string };

const isWhole = (row: OriginalRow): row is WholeRow =>
  isId(row.userId) && isId(row.lessonId) && isId(row.courseId);

function groupedByLesson(rows: readonly WholeRow[]): Map<string, WholeRow[]> {
  const groups = new Map<string, WholeRow[]>();
  for (const row of rows) {
    const key = `${row.userId} ${row.lessonId}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function merge(rows: readonly WholeRow[]): AdoptedRecord {
  const byCreation = rows.toSorted((one, other) => order(one, other, 'createdAt'));
  const byChange = rows.toSorted((one, other) => order(one, other, 'updatedAt'));
  const first = byCreation[0]!;
  const latest = byChange.at(-1)!;
  const completed = byChange.find((row) => row.completed === true);
  return {
    id: recordId(first.id) ?? uuidv7(),
    userId: first.userId,
    lessonId: first.lessonId,
    courseId: latest.courseId,
    completed: completed !== undefined,
    completedAt: completed?.updatedAt ?? null,
    watchTimeSeconds: Math.max(0, ...rows.map(({ watchTimeSeconds }) => watchTimeSeconds ?? 0)),
    createdAt: first.createdAt,
    updatedAt: latest.updatedAt,
  };
}

/** Orders by time, then by id, so that the same rows always give the same record. */
function order(one: WholeRow, other: WholeRow, time: 'createdAt' | 'updatedAt'): number {
  if (one[time] !== other[time]) return one[time] < other[time] ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
