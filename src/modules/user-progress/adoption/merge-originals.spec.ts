import { expect, it } from 'vitest';
import { mergeOriginals, type OriginalRow } from './merge-originals.js';

const row = (changes: Partial<OriginalRow> = {}): OriginalRow => ({
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  userId: 'learner',
  lessonId: 'lesson',
  courseId: 'course',
  completed: false,
  watchTimeSeconds: 10,
  createdAt: '2025-01-01T00:00:00.000001Z',
  updatedAt: '2025-01-02T00:00:00.000000Z',
  ...changes,
});

it('keeps a row as it is, its id as a UUID, its times to the microsecond', () => {
  expect(mergeOriginals([row({ completed: true })])).toEqual([
    {
      id: '01563e3a-b5d3-d676-4c61-efb99302bd5b',
      userId: 'learner',
      lessonId: 'lesson',
      courseId: 'course',
      completed: true,
      completedAt: '2025-01-02T00:00:00.000000Z',
      watchTimeSeconds: 10,
      createdAt: '2025-01-01T00:00:00.000001Z',
      updatedAt: '2025-01-02T00:00:00.000000Z',
    },
  ]);
});

it('merges rows of one lesson: completed if any was, the larger watch time, the earliest creation', () => {
  const rows = [
    row({
      id: '01ARZ3NDEKTSV4RRFFQ69G5FAW',
      createdAt: '2025-02-01T00:00:00.000000Z',
      updatedAt: '2025-02-02T00:00:00.000000Z',
      completed: true,
      courseId: 'moved',
    }),
    row({ watchTimeSeconds: 99 }),
  ];
  for (const order of [rows, rows.toReversed()]) {
    expect(mergeOriginals(order)).toEqual([
      expect.objectContaining({
        id: '01563e3a-b5d3-d676-4c61-efb99302bd5b',
        courseId: 'moved',
        completed: true,
        completedAt: '2025-02-02T00:00:00.000000Z',
        watchTimeSeconds: 99,
        createdAt: '2025-01-01T00:00:00.000001Z',
        updatedAt: '2025-02-02T00:00:00.000000Z',
      }),
    ]);
  }
});

it('a lesson that was completed stays completed, whatever a later row says', () => {
  const [record] = mergeOriginals([
    row({ completed: true }),
    row({ id: '01ARZ3NDEKTSV4RRFFQ69G5FAW', updatedAt: '2025-03-01T00:00:00.000000Z' }),
  ]);
  expect(record).toMatchObject({ completed: true, completedAt: '2025-01-02T00:00:00.000000Z' });
});

it.each<[string, Partial<OriginalRow>]>([
  ['no lesson', { lessonId: null }],
  ['an empty course', { courseId: '' }],
  ['a learner that is no id', { userId: 'a b' }],
])('leaves out a row with %s', (_what, changes) => {
  expect(mergeOriginals([row(changes), row({ lessonId: 'other' })])).toHaveLength(1);
});

it('takes what is missing or impossible for nothing', () => {
  const [record] = mergeOriginals([row({ completed: null, watchTimeSeconds: -5 })]);
  expect(record).toMatchObject({ completed: false, completedAt: null, watchTimeSeconds: 0 });
});

it('gives an id to a row whose own is no ULID', () => {
  const [record] = mergeOriginals([row({ id: 'handmade' })]);
  expect(record!.id).toMatch(/^[0-9a-f-]{36}$/);
});
