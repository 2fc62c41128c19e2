import { describe, expect, it } from 'vitest';
import { statements } from './all-statements.ts';

/** Statements that change what figures are made of without a word to the journal, and why the figures stay right. */
const NOT_JOURNALLED: Record<string, string> = {
  'ensure-rollups': 'inserts rollups without a lesson or a completion: nobody becomes a learner',
  'erase-course-progress':
    'erasing journals the learner as a whole, see erase-learner-of-analytics',
  'import-records': 'adoption ends before a process folds: the figures are built from the records',
};

/** What figures are made of: every column of a record, and these of rollups and certificates. */
const CHANGES = [
  /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?user_progress\b/i,
  /\b(?:INSERT\s+INTO|DELETE\s+FROM)\s+(?:ONLY\s+)?course_progress\b/i,
  /\bDELETE\s+FROM\s+(?:ONLY\s+)?certificate\b/i,
];
const COLUMNS: [table: string, columns: RegExp][] = [
  ['course_progress', /\b(lessons_started|completed_at)\s*=/],
  ['certificate', /\b(issued_at|status = 'ISSUED')/],
];
const JOURNAL = /\bINSERT\s+INTO\s+analytics_journal\b/i;

const setsOf = (text: string, table: string): string[] =>
  [
    ...text.matchAll(
      new RegExp(`\\bUPDATE\\s+(?:ONLY\\s+)?${table}\\b([^]*?)(?:\\bFROM\\b|\\bWHERE\\b)`, 'gi'),
    ),
  ].map(([, assignments]) => assignments!);

function changesFigures(text: string): boolean {
  if (CHANGES.some((change) => change.test(text))) return true;
  if (/\bINSERT\s+INTO\s+certificate\s*\([^)]*\bissued_at\b/i.test(text)) return true;
  return COLUMNS.some(([table, columns]) => setsOf(text, table).some((set) => columns.test(set)));
}

describe('every statement that changes what figures are made of', () => {
  it('is found by this test', () => {
    expect(changesFigures('UPDATE user_progress u SET position_seconds = 1')).toBe(true);
    expect(changesFigures('DELETE FROM certificate WHERE true')).toBe(true);
    expect(changesFigures('UPDATE course_progress p SET completed_at = d.x FROM d')).toBe(true);
    expect(changesFigures('UPDATE course_progress p SET listed_completed = 1 FROM d')).toBe(false);
    expect(changesFigures(`UPDATE certificate c SET status = 'ISSUED' WHERE true`)).toBe(true);
    expect(changesFigures('INSERT INTO certificate (user_id, issued_at) SELECT')).toBe(true);
    expect(changesFigures('SELECT * FROM user_progress FOR UPDATE')).toBe(false);
  });

  it('journals it in the same transaction, or is known not to need that', () => {
    const silent = statements
      .filter(({ text }) => changesFigures(text) && !JOURNAL.test(text))
      .map(({ name }) => name);
    expect([...new Set(silent)].sort()).toEqual(Object.keys(NOT_JOURNALLED).sort());
  });
});
