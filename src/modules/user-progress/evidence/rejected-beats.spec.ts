import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aBeat,
  anEvidence,
  EVIDENCE_RULES as RULES,
  secondsAgo,
} from '../../../../test/for-specs.ts';
import { creditBeat } from './credit-beat.js';
import { SECONDS_MAXIMUM } from './limits.js';

describe('a rejected beat', () => {
  const any = fc.record({
    seq: fc.integer({ min: 0, max: 12 }),
    from: fc.integer({ min: 0, max: 30 }),
    length: fc.integer({ min: -5, max: 40 }),
    rate: fc.constantFrom(0.5, 1, 1.03, 1.5, 2, 16),
    at: fc.integer({ min: -120, max: 60 }).map(secondsAgo),
  });

  it('leaves no trace', () => {
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0, 3),
        fc.constantFrom(0, SECONDS_MAXIMUM - 40),
        (beats, slackSeconds, watchTimeSeconds) => {
          const evidence = anEvidence({ durationSeconds: 40 });
          evidence.state.watchTimeSeconds = watchTimeSeconds;
          for (const { length, ...given } of beats) {
            const before = structuredClone(evidence);
            const beat = { ...given, to: given.from + length };
            const { result } = creditBeat(beat, evidence, { ...RULES, slackSeconds });
            if (result === 'REJECTED' || result === 'DUPLICATE') expect(evidence).toEqual(before);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes nothing from a long one over the same seconds', () => {
    const evidence = anEvidence();
    const rules = { ...RULES, slackSeconds: 0 };
    creditBeat(aBeat(), evidence, rules);
    for (let second = 0; second < 10; second += 1) {
      const short = aBeat({
        seq: 10 + second,
        from: 100,
        to: 101,
        rate: 2,
        at: secondsAgo(second),
      });
      expect(creditBeat(short, evidence, rules).result).toBe('REJECTED');
    }
    const long = aBeat({ seq: 2, from: 100, to: 120, rate: 2 });
    expect(creditBeat(long, evidence, rules)).toMatchObject({
      result: 'CLIPPED',
      creditedSeconds: 10,
    });
  });
});

describe('a beat whose numbers', () => {
  const outcomeOf = (given: object) =>
    creditBeat(aBeat({ from: 0, to: 0, ...given }), anEvidence({ durationSeconds: null }), RULES);

  it.each([
    { seq: 0, rate: 0.1 },
    { seq: 2 ** 31 - 2, from: SECONDS_MAXIMUM, to: SECONDS_MAXIMUM, rate: 16 },
    { to: 86_400 },
  ])('are at their bounds is taken: %j', (given) => {
    expect(outcomeOf(given).result).not.toBe('REJECTED');
  });

  it.each([
    { seq: -1 },
    { seq: 2 ** 31 - 1 },
    { from: -1 },
    { from: 10, to: 9 },
    { to: 86_401 },
    { from: SECONDS_MAXIMUM, to: SECONDS_MAXIMUM + 1 },
    { rate: 0 },
    { rate: -1 },
    { rate: 16.1 },
    { rate: Number.NaN },
    { rate: Number.POSITIVE_INFINITY },
  ])('are beyond them is rejected as malformed: %j', (given) => {
    expect(outcomeOf(given)).toMatchObject({ result: 'REJECTED', reason: 'MALFORMED' });
  });
});

it('short beats that the slack paid for take nothing from a long one either', () => {
  const evidence = anEvidence();
  creditBeat(aBeat(), evidence, RULES);
  for (let second = 0; second < 10; second += 1) {
    const short = aBeat({ seq: 10 + second, from: 100, to: 101, rate: 2, at: secondsAgo(second) });
    creditBeat(short, evidence, RULES);
  }
  expect(evidence.state.watchTimeSeconds).toBe(10 + RULES.slackSeconds);
  const long = aBeat({ seq: 2, from: 100, to: 120, rate: 2 });
  expect(creditBeat(long, evidence, RULES).creditedSeconds).toBe(10);
});

it('a beat that a full record cannot hold is told so', () => {
  const evidence = anEvidence({ durationSeconds: null });
  evidence.state.watchTimeSeconds = SECONDS_MAXIMUM - 4;
  expect(creditBeat(aBeat(), evidence, RULES)).toMatchObject({
    result: 'CLIPPED',
    creditedSeconds: 4,
    reason: 'WATCH_TIME_FULL',
  });
  expect(creditBeat(aBeat({ seq: 2, at: secondsAgo(60) }), evidence, RULES)).toMatchObject({
    result: 'REJECTED',
    reason: 'WATCH_TIME_FULL',
  });
});
