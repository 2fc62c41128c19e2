import { describe, expect, it } from 'vitest';
import { applyChange } from '../../src/modules/user-progress/changes/apply-change.js';
import { batchMoves } from '../../src/modules/user-progress/changes/batch-moves.js';
import { BatchState } from '../../src/modules/user-progress/changes/batch-state.js';
import { certificatesOf } from './certificates.ts';
import { PAST_COURSES } from './courses.ts';
import { PAST_LEARNERS } from './crowd.ts';
import { keepRecords } from './keep-records.ts';
import { pastOf } from './past-learner.ts';

const ENDS_AT = new Date('2026-05-20T21:00:00Z');

const pasts = PAST_LEARNERS.slice(0, 500).map(({ id }, number) => {
  const sittings = pastOf(number, ENDS_AT);
  return { sittings, kept: keepRecords(id, sittings, { applyChange, batchMoves, BatchState }) };
});

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('what the service would have stored of a past', () => {
  it('has every second that was played: no rule refuses a beat', () => {
    for (const { sittings, kept } of pasts) {
      const played = sum(sittings.flatMap(({ plays }) => plays.map(({ from, to }) => to - from)));
      expect(sum(kept.records.map((record) => record.watchTimeSeconds))).toBe(played);
      expect(sum(kept.moves.map(({ p = 0 }) => p))).toBe(played);
    }
  });

  it('has a record for each lesson, made and changed when it was watched', () => {
    for (const { sittings, kept } of pasts) {
      expect(kept.records.length).toBe(new Set(sittings.map(({ lessonId }) => lessonId)).size);
      for (const { id, createdAt, updatedAt } of kept.records) {
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(createdAt.getTime());
        expect(updatedAt.getTime()).toBeLessThanOrEqual(ENDS_AT.getTime());
      }
    }
  });

  it('has a certificate where each lesson of a course is completed', () => {
    const certificates = pasts.flatMap(({ kept }) => certificatesOf(kept));
    expect(certificates.length).toBeGreaterThan(20);
    for (const { kept } of pasts) {
      const lessons = kept.records.filter(({ completed }) => completed).map((one) => one.lessonId);
      const complete = PAST_COURSES.filter((course) =>
        course.sections!.every((section) =>
          section.lessons.every(({ _id }) => lessons.includes(_id)),
        ),
      );
      expect(certificatesOf(kept).map(({ courseId }) => courseId)).toEqual(
        complete.map(({ _id }) => _id),
      );
    }
  });
});
