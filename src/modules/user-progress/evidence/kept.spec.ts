import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anEvidence, EVIDENCE_RULES } from '../../../../test/for-specs.ts';
import { creditBeat, type Beat } from './credit-beat.js';
import { hourKeptSeconds, sessionKeptSeconds } from './kept.js';
import { LearnerClock, SECONDS_PER_HOUR } from './learner-clock.js';

/** Short ages, so that a few hours of a test pass all of them. No slack: it would hide a second credit. */
const RULES = { ...EVIDENCE_RULES, maxAgeSeconds: 7_200, maxAheadSeconds: 60, slackSeconds: 0 };
const START = 1_800_000_000;

/** What is stored of a learner, with the cleanup as the statements do it. */
class Store {
  private counted = anEvidence().session;
  private lastSeen = Number.NEGATIVE_INFINITY;
  private hours = new Map<number, Map<number, [number, number][]>>();

  send(beat: Beat, now: number) {
    const clock = new LearnerClock();
    for (const [hour, credited] of this.hours) {
      clock.load(hour, { credited: new Map(structuredClone(credited)), slackUsed: 0 });
    }
    const evidence = anEvidence({
      session: structuredClone(this.counted),
      clock,
      durationSeconds: null,
      now: new Date(now * 1_000),
    });
    const outcome = creditBeat(beat, evidence, RULES);
    if (outcome.result === 'COUNTED' || outcome.result === 'CLIPPED') {
      this.counted = evidence.session;
      this.lastSeen = now;
    }
    for (const { hour, entry } of clock.changedHours()) {
      this.hours.set(hour, structuredClone(entry.credited) as Map<number, [number, number][]>);
    }
    return outcome;
  }

  /** @param now by a clock that may differ from that of the batches */
  cleanUp(now: number): void {
    if (this.lastSeen < now - sessionKeptSeconds(RULES)) this.counted = anEvidence().session;
    const hours = Math.ceil(hourKeptSeconds(RULES) / SECONDS_PER_HOUR);
    for (const hour of this.hours.keys()) {
      if (hour < Math.floor(now / SECONDS_PER_HOUR) - hours) this.hours.delete(hour);
    }
  }
}

it('no beat is counted twice, and no second credited twice, however often the cleanup runs', () => {
  const step = fc.record({
    /** Seconds since the step before. */
    later: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 100_000 })),
    ago: fc.integer({ min: -60, max: 7_300 }),
    length: fc.integer({ min: 0, max: 7_000 }),
    /** Sends an earlier beat again instead. */
    repeats: fc.option(fc.nat()),
    cleanUp: fc.boolean(),
    clockError: fc.integer({ min: -3_600, max: 3_600 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), (steps) => {
      const store = new Store();
      const sent: Beat[] = [];
      const countedTimes = new Map<Beat, number>();
      let now = START;
      let credited = 0;
      for (const { later, ago, length, repeats, cleanUp, clockError } of steps) {
        now += later;
        if (cleanUp) store.cleanUp(now + clockError);
        const isRepeat = repeats !== null && sent.length > 0;
        const beat = isRepeat
          ? sent[repeats % sent.length]!
          : { seq: sent.length, from: 0, to: length, rate: 1, at: new Date((now - ago) * 1_000) };
        if (!isRepeat) sent.push(beat);
        const { result, creditedSeconds } = store.send(beat, now);
        credited += creditedSeconds;
        if (result === 'COUNTED' || result === 'CLIPPED') {
          countedTimes.set(beat, (countedTimes.get(beat) ?? 0) + 1);
        }
      }
      expect([...countedTimes.values()].filter((times) => times > 1)).toEqual([]);
      // Each second of the learner's own time, from the earliest that could be claimed until now, once.
      expect(credited).toBeLessThanOrEqual(now - START + 7_300 + 7_000);
    }),
    { numRuns: 300 },
  );
});

it('would count a beat twice if sessions were forgotten as soon as their beats are old', () => {
  const store = new Store();
  const beat: Beat = { seq: 0, from: 0, to: 0, rate: 1, at: new Date((START + 60) * 1_000) };
  expect(store.send(beat, START).result).toBe('COUNTED');
  const late = START + RULES.maxAgeSeconds + 30;
  store.cleanUp(late);
  expect(store.send(beat, late).result).toBe('DUPLICATE');
});
