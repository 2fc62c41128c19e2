import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aBeat as beat,
  anEvidence,
  EVIDENCE_RULES as RULES,
  secondsAgo as ago,
} from '../../../../test/for-specs.ts';
import { creditBeat, wallSeconds, type Beat, type Evidence } from './credit-beat.js';
import { union, type Ranges } from './ranges.js';

const NOW = ago(0);
const evidence = (durationSeconds: number | null = 600): Evidence =>
  anEvidence({ durationSeconds });

describe('one beat', () => {
  it('is counted in full when the clock allows it', () => {
    const state = evidence();
    expect(creditBeat(beat({}), state, RULES)).toEqual({
      seq: 1,
      result: 'COUNTED',
      creditedSeconds: 10,
      reason: null,
    });
    expect(state.state).toMatchObject({
      watched: [[0, 10]],
      watchTimeSeconds: 10,
      uniqueSeconds: 10,
      rewatchedSeconds: 0,
      positionSeconds: 10,
    });
  });

  it('is counted once, however often it is sent', () => {
    const state = evidence();
    creditBeat(beat({}), state, RULES);
    expect(creditBeat(beat({ at: ago(100) }), state, RULES)).toMatchObject({
      result: 'DUPLICATE',
      creditedSeconds: 0,
    });
    expect(state.state.watchTimeSeconds).toBe(10);
  });

  it('is clipped at the end of the lesson, and rejected behind it', () => {
    const state = evidence(600);
    expect(creditBeat(beat({ from: 595, to: 605 }), state, RULES)).toMatchObject({
      result: 'CLIPPED',
      creditedSeconds: 5,
      reason: 'BEYOND_THE_END',
    });
    expect(
      creditBeat(beat({ seq: 2, from: 600, to: 610, at: ago(60) }), state, RULES),
    ).toMatchObject({
      result: 'REJECTED',
      reason: 'BEYOND_THE_END',
    });
    expect(state.state.watched).toEqual([[595, 600]]);
  });

  it('is rejected from far in the future, and may be sent again when its time has come', () => {
    const state = evidence();
    const early = beat({ at: ago(-3_600) });
    expect(creditBeat(early, state, RULES)).toMatchObject({
      result: 'REJECTED',
      reason: 'IN_THE_FUTURE',
    });
    const later = { ...state, now: new Date(NOW.getTime() + 3_600_000) };
    expect(creditBeat(early, later, RULES).result).toBe('COUNTED');
  });

  it('is rejected when it is older than offline catch-up may be', () => {
    expect(creditBeat(beat({ at: ago(8 * 86_400) }), evidence(), RULES)).toMatchObject({
      result: 'REJECTED',
      reason: 'TOO_OLD',
    });
    expect(creditBeat(beat({ at: ago(6 * 86_400) }), evidence(), RULES).result).toBe('COUNTED');
  });

  it('is credited at no more than the largest rate, whatever rate it claims', () => {
    const outcome = creditBeat(beat({ to: 160, rate: 16 }), evidence(), RULES);
    expect(outcome).toMatchObject({ result: 'CLIPPED', reason: 'FASTER_THAN_ALLOWED' });
    expect(outcome.creditedSeconds).toBeLessThanOrEqual(10 * 2 + RULES.slackSeconds);
  });

  it('of a player that stands still moves the position and nothing else', () => {
    const state = evidence();
    expect(creditBeat(beat({ from: 42, to: 42 }), state, RULES)).toMatchObject({
      result: 'COUNTED',
      creditedSeconds: 0,
    });
    expect(state.state).toMatchObject({ positionSeconds: 42, watchTimeSeconds: 0, watched: [] });
  });
});

describe('the learner’s clock', () => {
  it('is credited once: a second tab at the same time adds no more than the slack', () => {
    const state = evidence();
    for (let index = 0; index < 12; index += 1) {
      const at = ago(120 - index * 10);
      creditBeat(beat({ seq: index, from: index * 10, to: index * 10 + 10, at }), state, RULES);
    }
    const tab: Evidence = { ...state, session: { counted: [] } };
    for (let index = 0; index < 12; index += 1) {
      const at = ago(120 - index * 10);
      creditBeat(
        beat({ seq: index, from: 200 + index * 10, to: 210 + index * 10, at }),
        tab,
        RULES,
      );
    }
    expect(state.state.watchTimeSeconds).toBe(120 + RULES.slackSeconds);
  });

  it('cannot be outrun by seeking: a jump to the end credits what was played, not what was skipped', () => {
    const state = evidence();
    creditBeat(beat({ at: ago(10) }), state, RULES);
    creditBeat(beat({ seq: 2, from: 590, to: 600, at: ago(0) }), state, RULES);
    expect(state.state).toMatchObject({
      watched: [
        [0, 10],
        [590, 600],
      ],
      uniqueSeconds: 20,
      positionSeconds: 600,
    });
  });

  it('forgives the rounding of a player that reports whole seconds at any usual rate', () => {
    for (const rate of [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]) {
      const state = evidence(null);
      let position = 0;
      for (let index = 1; index <= 300; index += 1) {
        const next = Math.floor(index * 10.01 * rate);
        const at = new Date(NOW.getTime() - 7_200_000 + index * 10_010);
        creditBeat(beat({ seq: index, from: position, to: next, rate, at }), state, RULES);
        position = next;
      }
      expect.soft(state.state.watchTimeSeconds / position, `at ${rate}×`).toBeGreaterThan(0.99);
    }
  });

  it('never gives a stretch so short that it would exceed the largest rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400 }),
        fc.integer({ min: 1, max: 20 }).map((tenths) => tenths / 10),
        (played, rate) => {
          expect(played / wallSeconds(played, rate, 2)).toBeLessThanOrEqual(2);
        },
      ),
    );
  });
});

describe('any beats', () => {
  /** Beats one after another, as an honest player sends them: rates and pauses vary, seeks happen. */
  const honest = fc
    .array(
      fc.record({
        from: fc.integer({ min: 0, max: 500 }),
        wall: fc.integer({ min: 1, max: 30 }),
        pause: fc.integer({ min: 0, max: 20 }),
        rate: fc.constantFrom(1, 2),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((steps) => {
      let clock = 2_000;
      return steps.map(({ from, wall, pause, rate }, seq): Beat => {
        clock -= wall + pause;
        return { seq, from, to: from + wall * rate, rate, at: ago(clock + pause) };
      });
    });
  /** Beats of several tabs at once, overlapping as they like, all within one hour. */
  const overlapping = fc
    .array(
      fc.record({
        from: fc.integer({ min: 0, max: 500 }),
        wall: fc.integer({ min: 1, max: 60 }),
        rate: fc.constantFrom(1, 2),
        before: fc.integer({ min: 0, max: 600 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((steps) =>
      steps.map(({ from, wall, rate, before }, seq): Beat => ({
        seq,
        from,
        to: from + wall * rate,
        rate,
        at: ago(before),
      })),
    );

  function play(beats: readonly Beat[]): Evidence {
    const state = evidence(700);
    for (const each of beats) creditBeat(each, state, { ...RULES });
    return state;
  }
  const shuffledWithRepeats = (beats: readonly Beat[]) =>
    fc
      .tuple(
        fc.shuffledSubarray([...beats], { minLength: beats.length }),
        fc.array(fc.constantFrom(...beats), { maxLength: 20 }),
      )
      .map(([shuffled, repeats]) => [...shuffled, ...repeats]);

  /** The seconds that are in at least two beats, as ranges. */
  function seenTwice(beats: readonly Beat[]): Ranges {
    const times = new Array<number>(700).fill(0);
    for (const { from, to } of beats) {
      for (let second = from; second < to; second += 1) times[second]! += 1;
    }
    return times.reduce<Ranges>(
      (ranges, count, second) => (count > 1 ? union(ranges, second, second + 1) : ranges),
      [],
    );
  }

  it('that are plausible end in the same record in any order, any number of times', () => {
    fc.assert(
      fc.property(
        honest.chain((beats) => fc.tuple(fc.constant(beats), shuffledWithRepeats(beats))),
        ([beats, mixed]) => {
          const inOrder = play(beats);
          const anyhow = play(mixed);
          expect(anyhow.state).toEqual(inOrder.state);
          expect(anyhow.session).toEqual(inOrder.session);
          const claimed = beats.reduce((sum, { from, to }) => sum + to - from, 0);
          expect(inOrder.state.watchTimeSeconds).toBe(claimed);
          expect(inOrder.state.watchedAgain).toEqual(seenTwice(beats));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('that are not plausible are capped by the clock, at the same total in any order', () => {
    fc.assert(
      fc.property(
        overlapping.chain((beats) => fc.tuple(fc.constant(beats), shuffledWithRepeats(beats))),
        ([beats, mixed]) => {
          const inOrder = play(beats).state;
          const anyhow = play(mixed).state;
          expect(anyhow.watchTimeSeconds).toBe(inOrder.watchTimeSeconds);

          const seconds = new Map<number, number>();
          for (const { from, to, rate, at } of beats) {
            const end = Math.floor(at.getTime() / 1_000);
            for (let second = end - (to - from) / rate; second < end; second += 1) {
              seconds.set(second, Math.max(seconds.get(second) ?? 0, rate));
            }
          }
          const cap = [...seconds.values()].reduce((sum, rate) => sum + rate, 0);
          const claimed = beats.reduce((sum, { from, to }) => sum + to - from, 0);
          expect(inOrder.watchTimeSeconds).toBe(Math.min(claimed, cap + RULES.slackSeconds));
          for (const state of [inOrder, anyhow]) {
            expect(state.uniqueSeconds + state.rewatchedSeconds).toBe(state.watchTimeSeconds);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
