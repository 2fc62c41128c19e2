import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aBeat,
  anEvidence,
  EVIDENCE_RULES as RULES,
  secondsAgo,
} from '../../../../test/for-specs.ts';
import { creditBeat, type Beat, type Evidence } from './credit-beat.js';
import { LearnerClock } from './learner-clock.js';
import {
  HOUR_FRAGMENTS_MAXIMUM,
  LESSON_FRAGMENTS_MAXIMUM,
  SESSION_FRAGMENTS_MAXIMUM,
} from './limits.js';
import { contains, formatMultirange, parseMultirange } from './ranges.js';

const DAY = 86_400;
const LAST_PIECE = 2 * (LESSON_FRAGMENTS_MAXIMUM - 1);

/** A learner whose record holds every second second, as many as it may. */
function fragmented(): Evidence {
  const evidence = anEvidence({ durationSeconds: DAY });
  const pieces = Array.from({ length: LESSON_FRAGMENTS_MAXIMUM }, (_, piece) => piece * 2);
  evidence.state.watched = pieces.map((from) => [from, from + 1]);
  evidence.state.uniqueSeconds = pieces.length;
  return evidence;
}

const credit = (evidence: Evidence, given: Partial<Beat>) =>
  creditBeat(aBeat({ seq: Math.random() * 1e9, ...given }), evidence, RULES);

describe('a lesson seen in as many pieces as a record keeps', () => {
  it('takes no beat that would be a further piece, and keeps no trace of it', () => {
    const evidence = fragmented();
    const before = structuredClone(evidence);
    expect(credit(evidence, { from: 5_000, to: 5_010 })).toMatchObject({
      result: 'REJECTED',
      reason: 'LESSON_TOO_FRAGMENTED',
    });
    expect(evidence).toEqual(before);
  });

  it('takes beats that extend a piece or close a gap, and others once there is room', () => {
    const evidence = fragmented();
    expect(
      credit(evidence, { from: LAST_PIECE, to: LAST_PIECE + 7, at: secondsAgo(30) }).result,
    ).toBe('COUNTED');
    expect(credit(evidence, { from: 0, to: 10, at: secondsAgo(20) }).result).toBe('COUNTED');
    expect(evidence.state.watched).toHaveLength(LESSON_FRAGMENTS_MAXIMUM - 5);
    expect(credit(evidence, { from: 5_000, to: 5_010 }).result).toBe('COUNTED');
  });

  it('stores a position without playing, and what was seen before', () => {
    const evidence = fragmented();
    expect(credit(evidence, { from: 7_000, to: 7_000 }).result).toBe('COUNTED');
    expect(credit(evidence, { from: 10, to: 11, at: secondsAgo(20) }).result).toBe('COUNTED');
    expect(evidence.state).toMatchObject({ positionSeconds: 7_000, rewatchedSeconds: 1 });
  });

  it('never counts a second as seen that was not', () => {
    const beats = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 1_500 }),
        length: fc.integer({ min: 0, max: 40 }),
        ago: fc.integer({ min: 0, max: 1_700 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(beats, (given) => {
        const evidence = fragmented();
        const seen = new Set(evidence.state.watched.map(([from]) => from));
        for (const { from, length, ago } of given) {
          credit(evidence, { from, to: from + length, at: secondsAgo(ago) });
          for (let second = from; second < from + length; second += 1) seen.add(second);
        }
        const { watched, uniqueSeconds } = evidence.state;
        const counted = watched.flatMap(([from, to]) =>
          Array.from({ length: to - from }, (_, index) => from + index),
        );
        expect(counted.filter((second) => !seen.has(second))).toEqual([]);
        expect(uniqueSeconds).toBe(counted.length);
        expect(watched.length).toBeLessThanOrEqual(LESSON_FRAGMENTS_MAXIMUM);
        expect(parseMultirange(formatMultirange(watched))).toEqual(watched);
      }),
      { numRuns: 50 },
    );
  });
});

it('a session with too many gaps takes numbers that fill them', () => {
  const evidence = anEvidence();
  evidence.session.counted = Array.from({ length: SESSION_FRAGMENTS_MAXIMUM }, (_, gap) => [
    gap * 2,
    gap * 2 + 1,
  ]);
  expect(credit(evidence, { seq: 5_000 }).reason).toBe('SESSION_TOO_FRAGMENTED');
  expect(credit(evidence, { seq: 1 }).result).toBe('COUNTED');
  expect(credit(evidence, { seq: 5_000, at: secondsAgo(30) }).result).toBe('COUNTED');
});

describe('an hour of the clock in too many pieces', () => {
  const claims = fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: 3_590 }),
      length: fc.integer({ min: 1, max: 10 }),
      rateMilli: fc.constantFrom(500, 1_000, 1_500, 2_000),
    }),
    { minLength: 500, maxLength: 900 },
  );

  it('stays within its bound, and credits no second beyond its highest rate', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const clock = new LearnerClock();
        const highest = new Map<number, number>();
        let yielded = 0;
        for (const { from, length, rateMilli } of given) {
          const to = Math.min(from + length, 3_600);
          yielded += clock.free(from, to, rateMilli);
          clock.claim(from, to, rateMilli);
          expect(clock.free(from, to, rateMilli)).toBe(0);
          for (let second = from; second < to; second += 1) {
            highest.set(second, Math.max(highest.get(second) ?? 0, rateMilli));
          }
        }
        const { entry } = clock.changedHours()[0]!;
        const pieces = [...entry.credited.values()].flat();
        expect(pieces.length).toBeLessThanOrEqual(HOUR_FRAGMENTS_MAXIMUM);
        const possible = [...highest.values()].reduce((sum, rate) => sum + rate, 0);
        expect(yielded).toBeLessThanOrEqual(possible);
        for (const [rate, ranges] of entry.credited) {
          for (const other of entry.credited.keys()) {
            if (other === rate) continue;
            expect(ranges.filter(([from]) => contains(entry.credited.get(other)!, from))).toEqual(
              [],
            );
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('still credits an hour that is watched in pieces of ten seconds, to the second', () => {
    const clock = new LearnerClock();
    let credited = 0;
    for (let from = 0; from + 9 <= 3_600; from += 10) {
      credited += clock.free(from, from + 9, 1_000);
      clock.claim(from, from + 9, 1_000);
    }
    expect(credited).toBe(360 * 9 * 1_000);
    expect(clock.free(0, 3_600, 1_000)).toBe(360 * 1_000);
  });
});

it('a beat claims at most a day of the learner’s own time', () => {
  const outcome = credit(anEvidence({ durationSeconds: null }), { from: 0, to: 9_000, rate: 0.1 });
  expect(outcome).toMatchObject({ result: 'REJECTED', reason: 'MALFORMED' });
});
