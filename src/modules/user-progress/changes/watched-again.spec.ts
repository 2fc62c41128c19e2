import { beforeEach, describe, expect, it } from 'vitest';
import { applyChange, type ChangeRules } from './apply-change.js';
import { BatchState } from './batch-state.js';
import type { ProgressChange } from './progress-change.js';

const RULES: ChangeRules = {
  maxRate: 2,
  slackSeconds: 0,
  maxAgeSeconds: 7 * 86_400,
  maxAheadSeconds: 60,
  completeAtCoverage: 0.9,
  requireCoverage: false,
};
const key = { userId: 'learner', lessonId: 'lesson' };
const BEGIN = Date.parse('2026-03-01T12:00:00Z');

let state: BatchState;
let seq: number;
beforeEach(() => {
  state = new BatchState();
  state.now = new Date(BEGIN);
  seq = 0;
});

const apply = (change: ProgressChange) => applyChange(change, state, RULES);
const record = () => state.records.find('learner', 'lesson')!;
const at = (seconds: number): Date => new Date(BEGIN + seconds * 1_000);
/** Some seconds later, a beat arrives that ended then, or at another time. */
const watch = (later: number, from: number, to: number, ended = later) => {
  state.now = at(later);
  const beats = [{ seq: (seq += 1), from, to, rate: 1, at: at(ended) }];
  return apply({
    kind: 'recordWatch',
    ...key,
    courseId: 'course',
    sessionId: 'session',
    beats,
    create: { durationSeconds: 100 },
  });
};
const set = (later: number, completed: boolean) => {
  state.now = at(later);
  return apply({ kind: 'set', ...key, completed });
};
const remove = (later: number) => {
  state.now = at(later);
  return apply({ kind: 'delete', ...key, id: record().id });
};

describe('a lesson that was reopened by hand', () => {
  beforeEach(() => {
    watch(0, 0, 90);
    expect(record().completed).toBe(true);
    set(10, false);
  });

  it('is not completed again by beats from before, however new to us', () => {
    watch(20, 90, 100, -3_600);
    watch(30, 0, 90, -86_400);
    expect(record()).toMatchObject({ completed: false, uniqueSeconds: 100, seenSince: '{}' });
  });

  it('is completed again by being watched again, and not before that', () => {
    watch(60, 0, 50);
    expect(record()).toMatchObject({ completed: false, uniqueSeconds: 90, seenSince: '{[0,50)}' });
    watch(110, 40, 89);
    expect(record().completed).toBe(false);
    watch(120, 89, 90);
    expect(record()).toMatchObject({ completed: true, reopenedAt: null, seenSince: null });
  });

  it('does not take what was mostly watched before, though the beat ended after', () => {
    watch(20, 0, 90);
    expect(record()).toMatchObject({ completed: false, seenSince: '{}' });
  });

  it('is reopened anew by hand, also when it was completed by hand meanwhile', () => {
    watch(100, 0, 80);
    set(110, true);
    set(120, false);
    watch(140, 80, 100);
    expect(record()).toMatchObject({ completed: false, reopenedAt: at(120) });
  });

  it('goes on where it was, when it is reopened though it is open', () => {
    watch(100, 0, 80);
    set(110, false);
    watch(120, 80, 90);
    expect(record().completed).toBe(true);
  });
});

describe('a lesson of which enough was seen before its length was known', () => {
  it('is completed by the next beat, though it shows nothing new', () => {
    watch(0, 0, 95);
    Object.assign(record(), { completed: false, completedAt: null, durationSeconds: null });
    watch(10, 0, 5);
    expect(record().completed).toBe(false);
    record().durationSeconds = 100;
    watch(20, 0, 0);
    expect(record().completed).toBe(true);
  });
});

describe('a deleted record', () => {
  beforeEach(() => {
    watch(0, 0, 50);
    remove(10);
  });

  it('is not brought back by beats from before, whatever clock the tab has', () => {
    expect(watch(20, 50, 60, 10).beats).toMatchObject([
      { result: 'REJECTED', reason: 'BEFORE_DELETION' },
    ]);
    expect(watch(10, 50, 60, 40).beats).toMatchObject([{ reason: 'BEFORE_DELETION' }]);
    expect(record().deletedAt).toEqual(at(10));
    expect(state.evidence.changedSessions()[0]!.counted).toEqual([[1, 2]]);
  });

  it('is not brought back by a repeat', () => {
    seq = 0;
    expect(watch(20, 0, 50, 0).beats).toMatchObject([{ result: 'DUPLICATE' }]);
    expect(record().deletedAt).toEqual(at(10));
  });

  it('begins anew with beats after it, and does not take older ones afterwards either', () => {
    expect(watch(25, 0, 10).record).toMatchObject({ deletedAt: null, watched: '{[0,10)}' });
    expect(watch(30, 50, 60, 5).beats).toMatchObject([{ reason: 'BEFORE_DELETION' }]);
    expect(record().watched).toBe('{[0,10)}');
  });

  it('takes no older beats when it was created anew either', () => {
    state.now = at(20);
    const values = { completed: false, watchTimeSeconds: 0, durationSeconds: 100 };
    apply({ kind: 'create', ...key, courseId: 'course', ...values });
    expect(watch(30, 0, 10, 5).beats).toMatchObject([{ reason: 'BEFORE_DELETION' }]);
    expect(watch(31, 0, 10, 25).beats).toMatchObject([{ result: 'COUNTED' }]);
  });
});
