import { beforeEach, describe, expect, it } from 'vitest';
import { applyChange, type ChangeRules } from './apply-change.js';
import { BatchState } from './batch-state.js';
import type { ProgressChange } from './progress-change.js';

const RULES: ChangeRules = {
  maxRate: 2,
  slackSeconds: 0,
  maxAgeSeconds: 86_400,
  maxAheadSeconds: 60,
  completeAtCoverage: 0.9,
  requireCoverage: false,
};
const key = { userId: 'learner', lessonId: 'lesson' };
const create: ProgressChange = {
  kind: 'create',
  ...key,
  courseId: 'course',
  completed: false,
  watchTimeSeconds: 0,
  durationSeconds: 100,
};
const watch = (seq: number, from: number, to: number, secondsAgo: number): ProgressChange => ({
  kind: 'recordWatch',
  ...key,
  courseId: 'course',
  sessionId: 'session',
  beats: [{ seq, from, to, rate: 1, at: new Date(state.now.getTime() - secondsAgo * 1_000) }],
});

let state: BatchState;
beforeEach(() => {
  state = new BatchState();
  state.now = new Date('2026-03-01T12:30:00Z');
});
const apply = (change: ProgressChange, rules: Partial<ChangeRules> = {}) =>
  applyChange(change, state, { ...RULES, ...rules });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('changes of one batch', () => {
  it('see what the ones before them left', () => {
    apply(create);
    apply({ kind: 'addWatchTime', ...key, seconds: 30 });
    const { record } = apply({ kind: 'addWatchTime', ...key, seconds: 12 });
    expect(record.watchTimeSeconds).toBe(42);
    expect(codeOf(() => apply(create))).toBe('CONFLICT');
    expect(state.records.changed()).toHaveLength(1);
  });

  it('leave nothing when they are refused', () => {
    const { record } = apply({ ...create, watchTimeSeconds: 2_147_483_640 });
    expect(codeOf(() => apply({ kind: 'addWatchTime', ...key, seconds: 10 }))).toBe(
      'BAD_USER_INPUT',
    );
    expect(state.records.find('learner', 'lesson')).toEqual(record);
  });
});

describe('a record', () => {
  it('is revived by a create after a delete, under its id, without what it held', () => {
    const { record } = apply({ ...create, completed: true, watchTimeSeconds: 50 });
    apply({ kind: 'delete', ...key, id: record.id });
    expect(codeOf(() => apply({ kind: 'set', ...key, completed: true }))).toBe('NOT_FOUND');
    expect(apply(create).record).toMatchObject({
      id: record.id,
      completed: false,
      watchTimeSeconds: 0,
      deletedAt: null,
    });
  });

  it('keeps the date of its completion until it is reopened', () => {
    apply({ ...create, completed: true });
    const completedAt = state.now;
    state.now = new Date('2026-03-02T00:00:00Z');
    expect(apply({ kind: 'set', ...key, completed: true }).record.completedAt).toEqual(completedAt);
    expect(apply({ kind: 'set', ...key, completed: false }).record.completedAt).toBeNull();
  });

  it('is not changed under another id', () => {
    apply(create);
    expect(codeOf(() => apply({ kind: 'set', ...key, id: 'another', completed: true }))).toBe(
      'BAD_USER_INPUT',
    );
  });
});

describe('watching', () => {
  it('completes a lesson at nine tenths, and does not complete one again that was reopened by hand', () => {
    apply(create);
    expect(apply(watch(0, 0, 89, 400)).record.completed).toBe(false);
    expect(apply(watch(1, 89, 90, 300)).record.completed).toBe(true);
    apply({ kind: 'set', ...key, completed: false });
    expect(apply(watch(2, 0, 50, 200)).record.completed).toBe(false);
    expect(apply(watch(3, 90, 95, 100)).record.completed).toBe(false);
  });

  it('completes nothing where that is turned off, or the lesson’s length is not known', () => {
    apply(create);
    expect(apply(watch(0, 0, 100, 300), { completeAtCoverage: 0 }).record.completed).toBe(false);
    state = Object.assign(new BatchState(), { now: state.now });
    apply({ ...create, durationSeconds: null });
    expect(apply(watch(0, 0, 100, 300)).record.completed).toBe(false);
  });

  it('needs the record’s own course', () => {
    apply(create);
    expect(
      codeOf(() => apply({ ...watch(0, 0, 10, 20), courseId: 'other' } as ProgressChange)),
    ).toBe('BAD_USER_INPUT');
  });
});

describe('with coverage required', () => {
  it('a lesson is completed by hand only when enough of it was seen, or its length is not known', () => {
    apply(create);
    const complete: ProgressChange = { kind: 'set', ...key, completed: true };
    expect(codeOf(() => apply(complete, { requireCoverage: true }))).toBe('BAD_USER_INPUT');
    apply(watch(0, 0, 90, 200), { completeAtCoverage: 0 });
    expect(apply(complete, { requireCoverage: true }).record.completed).toBe(true);

    state = Object.assign(new BatchState(), { now: state.now });
    apply({ ...create, durationSeconds: null });
    expect(apply(complete, { requireCoverage: true }).record.completed).toBe(true);
  });
});
