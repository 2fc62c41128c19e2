import { INITIAL_VALUES, type ProgressRecord } from '../modules/user-progress/progress-record.js';
import { LISTED_COLUMNS } from '../modules/user-progress/listed-columns.js';
import { PRACTICE_IDS } from './practice-requests.js';

const now = new Date();
const LESSON_SECONDS = 86_400;
const PAGE = 12;

/** The one record that there is. */
const RECORD: ProgressRecord = {
  ...INITIAL_VALUES,
  ...PRACTICE_IDS,
  createdAt: now,
  updatedAt: now,
  durationSeconds: LESSON_SECONDS,
};

/** How many of the rows, sent as JSON, are new. */
const newRows = (...sent: unknown[]): number =>
  sent
    .flatMap((rows) => JSON.parse(String(rows)) as { is_new: boolean }[])
    .filter(({ is_new }) => is_new).length;

/** What PostgreSQL would answer, by the statement's name. Lists are below. */
const ROWS: Record<string, (values: unknown[]) => object[]> = {
  'records-by-lesson': () => [RECORD],
  'records-by-id': () => [RECORD],
  'lock-records': () => [{ now: new Date(), ...RECORD }],
  'write-progress': ([rows]) => [
    { inserted: newRows(rows), outboxRows: 0, completedCourses: null, stale: null },
  ],
  'save-evidence': ([sessions, hours]) => [{ inserted: newRows(sessions, hours) }],
  'course-progress': () => [
    {
      ...PRACTICE_IDS,
      courseKnown: true,
      started: true,
      lessonsTotal: 1,
      lessonsCompleted: 0,
      watchTimeSeconds: 0,
      completedAt: null,
    },
  ],
  'learner-totals': () => [
    { ...PRACTICE_IDS, courses: 1, lessonsCompleted: 0, watchTimeSeconds: 0 },
  ],
};

/** @returns no rows for statements that are not part of answering a usual request */
export function rowsOf(name: string, values: unknown[]): object[] {
  if (name.startsWith('learner-lists-')) return listsOf(values);
  return ROWS[name]?.(values) ?? [];
}

/** Every list of the statement: its page, with all columns. */
function listsOf([keys]: unknown[]): object[] {
  const item = LISTED_COLUMNS.map((name) => RECORD[name]);
  const items = JSON.stringify(Array.from({ length: PAGE }, () => item));
  return (JSON.parse(String(keys)) as unknown[]).map(() => ({
    total: PAGE,
    items: JSON.parse(items) as unknown,
  }));
}
