import { describe, expect, it } from 'vitest';
import { INITIAL_VALUES, type ProgressRecord } from '../progress-record.js';
import { isOnlyWatched } from './only-watched.js';

const at = new Date('2026-03-01T12:00:00Z');
const before: ProgressRecord = {
  ...INITIAL_VALUES,
  ...{ id: 'id', userId: 'learner', lessonId: 'lesson', courseId: 'course' },
  ...{ createdAt: at, updatedAt: at, durationSeconds: 600 },
};

describe('a record is only watched', () => {
  it('if seconds were added, and the position moved', () => {
    const record = {
      ...before,
      ...{ watchTimeSeconds: 10, uniqueSeconds: 10, rewatchedSeconds: 1, watched: '{[0,10)}' },
      ...{ positionSeconds: 10, positionAt: at, seenSince: '{[0,10)}', updatedAt: new Date() },
    };
    expect(isOnlyWatched({ record, before })).toBe(true);
  });

  it('if its dates are the same, as other objects', () => {
    expect(isOnlyWatched({ record: { ...before, createdAt: new Date(at) }, before })).toBe(true);
  });

  it('not if it is new', () => {
    expect(isOnlyWatched({ record: before, before: null })).toBe(false);
  });

  const OTHERS: Partial<ProgressRecord>[] = [
    { courseId: 'another course' },
    { completed: true },
    { completedAt: at },
    { reopenedAt: at },
    { evidenceAfter: at },
    { createdAt: new Date() },
    { deletedAt: at },
  ];
  it.each(OTHERS)('not if %o', (changed) => {
    expect(isOnlyWatched({ record: { ...before, ...changed }, before })).toBe(false);
    expect(isOnlyWatched({ record: before, before: { ...before, ...changed } })).toBe(false);
  });
});
