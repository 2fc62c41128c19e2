/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest';

const SOURCES = Object.entries(
  import.meta.glob<string>(['../../src/modules/**/*.ts', '!../../src/**/*.spec.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).map(([file, text]) => ({ file: file.replace('../../', ''), text }));

/** How somebody would write down again which lessons count, or when a course is complete. */
const WORDS = [
  /\bNOT\s+(?:\w+\.)?lessons_listed\s+OR\b/i,
  /\blessons_listed\s+IS\s+(?:NOT\s+)?(?:TRUE|FALSE)\b/i,
  /!\s*(?:\w+\.)*lessonsListed\s*\|\|/,
  /(?:listed|counted|completed(?!_delta))\w*['")}]*\s*(?:>=|<(?!>))/i,
  /(?:>=|(?<!\w)<)\s*['"${(]*(?:\w+\.)*(?:lessons_?)?total\b/i,
];

const found = (text: string): boolean => WORDS.some((pattern) => pattern.test(text));

it.each([
  'NOT c.lessons_listed OR l.lesson_id IS NOT NULL',
  '(c.lessons_listed IS FALSE OR true)',
  'if (!course.lessonsListed || listed.has(id)) completed += 1;',
  'WHERE n.lessons_total > 0 AND n.listed >= n.lessons_total',
  'p.listed_completed + excluded.listed_completed >= excluded.lessons_total',
  'if (lessonsCompleted < lessonsTotal) return;',
  'completed_then >= $5::int',
])('knows the rule when it sees it: %s', (text) => {
  expect(found(text)).toBe(true);
});

it('is written in completion.ts, in SQL and in TypeScript, and nowhere else', () => {
  const files = SOURCES.filter(({ text }) => found(text)).map(({ file }) => file);
  expect(files.sort()).toEqual([
    'src/modules/user-progress/changes/completion.ts',
    'src/modules/user-progress/proxy/sql/completion.ts',
  ]);
});
