import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import type { Beat } from '../evidence/credit-beat.js';
import { applyChange, type ChangeRules } from './apply-change.js';
import { BatchState } from './batch-state.js';

const RULES: ChangeRules = {
  maxRate: 2,
  slackSeconds: 0,
  maxAgeSeconds: 7 * 86_400,
  maxAheadSeconds: 60,
  completeAtCoverage: 0.9,
  requireCoverage: false,
};
const NOW = new Date('2026-03-08T12:00:00Z');
const DAY = 86_400;
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

let state: BatchState;
beforeEach(() => {
  state = Object.assign(new BatchState(), { now: NOW });
});

const beat = (seq: number, from: number, to: number, age: number): Beat => ({
  seq,
  from,
  to,
  rate: 1,
  at: ago(age),
});
/** When the lesson of 100 s is completed once these beats have come. */
const completedAt = (...beats: Beat[]): Date | null => {
  const { record } = applyChange(
    {
      kind: 'recordWatch',
      userId: 'learner',
      lessonId: 'lesson',
      courseId: 'course',
      sessionId: 'session',
      beats,
      create: { durationSeconds: 100 },
    },
    state,
    RULES,
  );
  return record.completedAt;
};

it('is when the share was reached, though the player was offline for days', () => {
  const beats = [
    beat(0, 0, 50, 6 * DAY),
    beat(1, 50, 90, 5 * DAY),
    beat(2, 90, 100, 4 * DAY),
    beat(3, 0, 10, 100),
  ];
  expect(completedAt(...beats)).toEqual(ago(5 * DAY));
});

it('is the same in whatever order a request has its beats', () => {
  const beats = Array.from({ length: 10 }, (_, seq) =>
    beat(seq, seq * 10, seq * 10 + 10, 6 * DAY - seq * 60),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(beats, { minLength: beats.length }), (shuffled) => {
      state = Object.assign(new BatchState(), { now: NOW });
      expect(completedAt(...shuffled)).toEqual(beats[8]!.at);
    }),
  );
});

it('is not before what was watched later and came earlier', () => {
  expect(completedAt(beat(1, 50, 100, 2 * DAY))).toBeNull();
  expect(completedAt(beat(0, 0, 50, 6 * DAY))).toEqual(ago(2 * DAY));
});

it('is not in the future of a player whose clock is ahead', () => {
  expect(completedAt(beat(0, 0, 90, -50))).toEqual(NOW);
});

it('stays when older beats come afterwards', () => {
  completedAt(beat(1, 0, 90, DAY));
  expect(completedAt(beat(0, 90, 100, 6 * DAY))).toEqual(ago(DAY));
});
