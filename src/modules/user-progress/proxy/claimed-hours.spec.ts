import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anEvidence, EVIDENCE_RULES as RULES } from '../../../../test/for-specs.ts';
import type { RecordWatchChange } from '../changes/progress-change.js';
import { creditBeat, type Beat } from '../evidence/credit-beat.js';
import { claimedHours } from './claimed-hours.js';

const NOW = anEvidence().now.getTime();

const watch = (beats: Beat[]): RecordWatchChange => ({
  kind: 'recordWatch',
  ...{ userId: 'u', lessonId: 'l', courseId: 'c', sessionId: 's', beats },
});

const beat = fc
  .record({
    seq: fc.integer({ min: 0, max: 50 }),
    from: fc.integer({ min: 0, max: 5_000 }),
    length: fc.oneof(fc.integer({ min: -1, max: 60 }), fc.integer({ min: 0, max: 90_000 })),
    rate: fc.constantFrom(0.1, 0.5, 1, 1.3, 2, 16),
    ago: fc.integer({ min: -90, max: 8 * 86_400 }),
  })
  .map(({ length, ago, ...given }): Beat => ({
    ...given,
    to: given.from + length,
    at: new Date(NOW - ago * 1_000),
  }));

it('has every hour that crediting the beats changes, and each once', () => {
  fc.assert(
    fc.property(fc.array(beat, { minLength: 1, maxLength: 40 }), (beats) => {
      const spans = claimedHours([watch(beats)], RULES.maxAheadSeconds);
      const hours = spans.flatMap(({ firstHour: first, lastHour: last }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      );
      expect(new Set(hours).size).toBe(hours.length);
      const evidence = anEvidence({ durationSeconds: null });
      for (const each of beats) creditBeat(each, evidence, RULES);
      for (const { hour } of evidence.clock.changedHours()) expect(hours).toContain(hour);
    }),
    { numRuns: 300 },
  );
});

it('has none of the hours between two beats, and none for a player that stands still', () => {
  const at = (hoursAgo: number) => new Date(NOW - hoursAgo * 3_600_000);
  const short = { seq: 0, from: 0, to: 10, rate: 1 };
  const spans = claimedHours(
    [
      watch([
        { ...short, at: at(0) },
        { ...short, at: at(100) },
        { ...short, to: 0, at: at(50) },
      ]),
    ],
    RULES.maxAheadSeconds,
  );
  expect(spans).toHaveLength(2);
  for (const span of spans) expect(span.firstHour).toBe(span.lastHour);
});
