import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEvidence, EVIDENCE_RULES } from '../../../../test/for-specs.ts';
import { creditBeat } from './credit-beat.js';
import { LearnerClock } from './learner-clock.js';
import type { Ranges } from './ranges.js';

const HOUR = 490_000;
const BASE = HOUR * 3_600;
const RULES = { ...EVIDENCE_RULES, maxRate: 16, slackSeconds: 0 };
/** What `docs/api.md` says of the clock: the largest text of an hour, in bytes. */
const HOUR_BYTES_MAXIMUM = 8 * 1_024;

const creditedIn = (clock: LearnerClock): Record<string, Ranges> =>
  Object.fromEntries(clock.changedHours()[0]?.entry.credited ?? []);

describe('an hour of a learner’s clock', () => {
  it('keeps each second under its highest rate only, in any order of claims', () => {
    const claims = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(500, 1_000, 1_500, 2_000),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(claims, (made) => {
        const clock = new LearnerClock();
        const highest = new Map<number, number>();
        for (const [from, length, rate] of made) {
          clock.claim(BASE + from, BASE + from + length, rate);
          for (let second = from; second < from + length; second += 1) {
            highest.set(second, Math.max(highest.get(second) ?? 0, rate));
          }
        }
        const stored = Object.entries(creditedIn(clock)).flatMap(([rate, ranges]) =>
          ranges.flatMap(([from, to]) =>
            Array.from({ length: to - from }, (_, index) => [from + index, Number(rate)] as const),
          ),
        );
        expect(stored).toHaveLength(highest.size);
        expect(new Map(stored)).toEqual(highest);
      }),
    );
  });

  it('stays below the published size, however a learner’s beats cut it up', () => {
    const clock = new LearnerClock();
    const now = new Date((BASE + 3_600) * 1_000);
    const evidence = anEvidence({ clock, now, durationSeconds: null });
    for (let seq = 0; seq < 20_000; seq += 1) {
      const rate = 1 + ((seq * 7_919) % 15_000) / 1_000;
      const at = new Date((BASE + 1 + ((seq * 2_311) % 3_600)) * 1_000);
      creditBeat({ seq, from: 0, to: Math.ceil(rate), rate, at }, evidence, RULES);
    }
    const ranges = Object.values(creditedIn(clock)).flat();
    expect(ranges.length).toBeGreaterThan(200);
    expect(Buffer.byteLength(JSON.stringify(creditedIn(clock)))).toBeLessThan(HOUR_BYTES_MAXIMUM);
  });
});
