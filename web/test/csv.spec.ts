import { expect, it } from 'vitest';
import { toCsv } from '../src/ui/csv.ts';

interface Row {
  name: string;
  count: number | null;
}

const csvOf = (...rows: Row[]): string[] => {
  const text = toCsv({
    name: 'test',
    rows,
    columns: [
      { title: 'Course', field: 'Name', kind: 'text', value: ({ name }) => name },
      { title: 'Learners', field: 'Count', kind: 'count', value: ({ count }) => count },
    ],
  });
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).split('\r\n');
};

it('a file of figures has them as they are, not as a language writes them', () => {
  expect(csvOf({ name: 'Scope', count: 12_345.5 })).toEqual(['Name,Count', 'Scope,12345.5', '']);
});

it('what is not known is empty, not 0', () => {
  expect(csvOf({ name: 'Scope', count: null })[1]).toBe('Scope,');
});

it('what shares a cell on the screen has columns of its own in a file', () => {
  const text = toCsv<{ done: number; all: number }>({
    name: 'test',
    rows: [{ done: 4, all: 12 }],
    columns: [
      {
        ...{ title: 'Lessons completed', field: 'lessons_completed', kind: 'count' },
        value: ({ done }) => done,
        beside: { field: 'lessons_total', value: ({ all }) => all, words: () => '4 of 12' },
      },
    ],
  });
  expect(text.slice(1)).toBe('lessons_completed,lessons_total\r\n4,12\r\n');
});

it('a text with commas, quotes and lines stays one field', () => {
  expect(csvOf({ name: 'a, "b"\nc', count: 1 })[1]).toBe('"a, ""b""\nc",1');
});

it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\tx'])(
  'a text that a spreadsheet would run is only text: %j',
  (name) => {
    expect(csvOf({ name, count: -1 })[1]!.replace(/^"/, '')).toMatch(/^'/);
    expect(csvOf({ name, count: -1 })[1]).toMatch(/,-1$/);
  },
);
