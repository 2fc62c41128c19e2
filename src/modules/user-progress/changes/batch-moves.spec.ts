import { beforeEach, describe, expect, it } from 'vitest';
import { applyChange, type ChangeRules } from './apply-change.js';
import { batchMoves } from './batch-moves.js';
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
const NOW = new Date('2026-03-01T12:00:00Z');
const QUARTER = NOW.getTime() / 900_000;
const key = { userId: 'learner', lessonId: 'lesson' };
const MOVE = { k: 'l', u: 'learner', c: 'course', l: 'lesson', t: QUARTER };
/** In the first second of the quarter. */
const ACTIVE = { a: 1 };

let state: BatchState;
beforeEach(() => {
  state = batch();
});

function batch(): BatchState {
  const begun = new BatchState();
  begun.now = NOW;
  return begun;
}
/** The moves of one batch. */
const movesOf = (...changes: ProgressChange[]) => {
  for (const change of changes) applyChange(change, state, RULES);
  return batchMoves(state.records.changed(), state);
};
/** The next batch begins with what was stored. */
const commit = () => {
  const record = state.records.find('learner', 'lesson')!;
  state = batch();
  state.records.load(record);
};

const create = (
  given: { completed?: boolean; watchTimeSeconds?: number } = {},
): ProgressChange => ({
  ...{ kind: 'create', ...key, courseId: 'course', durationSeconds: 100 },
  ...{ completed: false, watchTimeSeconds: 0, ...given },
});
const set = (given: { completed?: boolean; watchTimeSeconds?: number }): ProgressChange => ({
  ...{ kind: 'set', ...key, ...given },
});
const add = (seconds: number): ProgressChange => ({ kind: 'addWatchTime', ...key, seconds });
const remove = (): ProgressChange => ({
  ...{ kind: 'delete', ...key, id: state.records.find('learner', 'lesson')!.id },
});
const watch = (...stretches: [from: number, to: number, secondsAgo: number][]): ProgressChange => ({
  ...{ kind: 'recordWatch', ...key, courseId: 'course', sessionId: 'session' },
  create: { durationSeconds: 100 },
  beats: stretches.map(([from, to, secondsAgo], seq) => ({
    ...{ seq, from, to, rate: 1, at: new Date(NOW.getTime() - secondsAgo * 1_000) },
  })),
});

describe('a learner is active', () => {
  it('when a lesson is begun, though nothing was watched of it', () => {
    expect(movesOf(create())).toEqual([{ ...MOVE, s: 1, ...ACTIVE }]);
  });

  it('for as many seconds as watch time grows, and not when it is set lower', () => {
    expect(movesOf(create({ watchTimeSeconds: 30 }))).toMatchObject([{ w: 30, p: 30, a: 1 }]);
    commit();
    expect(movesOf(set({ watchTimeSeconds: 10 }))).toEqual([{ ...MOVE, w: -20 }]);
    commit();
    expect(movesOf(set({ watchTimeSeconds: 15 }), add(5))).toEqual([
      { ...MOVE, w: 10, p: 10, ...ACTIVE },
    ]);
  });

  it('when a lesson is completed, and not when it is reopened', () => {
    movesOf(create());
    commit();
    expect(movesOf(set({ completed: true }))).toEqual([{ ...MOVE, f: 1, d: 1, ...ACTIVE }]);
    commit();
    expect(movesOf(set({ completed: true }))).toEqual([]);
    expect(movesOf(set({ completed: false }))).toEqual([{ ...MOVE, f: -1, d: -1 }]);
  });

  it('when a beat was played, by the player’s clock, but never later than now', () => {
    const moves = movesOf(watch([0, 10, 1_000], [10, 20, -30]));
    expect(moves).toEqual([
      { ...MOVE, t: QUARTER - 2, s: 1, w: 20, q: 20, up: [0], dn: [20], p: 10, a: 801 },
      { ...MOVE, p: 10, ...ACTIVE },
    ]);
  });

  it('by a beat without seconds only if the lesson begins with it', () => {
    expect(movesOf(watch([0, 0, 0]))).toEqual([{ ...MOVE, s: 1, ...ACTIVE }]);
    commit();
    expect(movesOf(watch([5, 5, 0]))).toEqual([]);
  });

  it('not when records are put in order for them', () => {
    movesOf(create());
    commit();
    Object.assign(state.records.find('learner', 'lesson')!, {
      ...{ uniqueSeconds: 95, watched: '{[0,95)}' },
    });
    expect(movesOf({ kind: 'reconcile', ...key })).toEqual([{ ...MOVE, f: 1, d: 1 }]);
  });
});

describe('a record that a batch deletes', () => {
  const sumsOf = (moves: ReturnType<typeof movesOf>) =>
    Object.fromEntries(
      (['s', 'f', 'w', 'd', 'p'] as const).map((name) => [
        name,
        moves.reduce((sum, move) => sum + (move[name] ?? 0), 0),
      ]),
    );

  it('leaves past activity, as if each change were committed by itself', () => {
    movesOf(create({ completed: true, watchTimeSeconds: 30 }));
    expect(sumsOf(movesOf(remove()))).toEqual({ s: 0, f: 0, w: 0, d: 1, p: 30 });
  });

  it('takes back the completion of a lesson that the batch reopened before', () => {
    movesOf(create({ completed: true }));
    commit();
    const all = movesOf(set({ completed: false }), remove(), create({ watchTimeSeconds: 5 }));
    expect(sumsOf(all)).toEqual({ s: 0, f: -1, w: 5, d: -1, p: 5 });
  });
});
