import { describe, expect, it } from 'vitest';
import {
  aBeat as beat,
  anEvidence,
  EVIDENCE_RULES as RULES,
  secondsAgo as ago,
} from '../../../../test/for-specs.ts';
import { creditBeat, type Evidence } from './credit-beat.js';
import { LESSON_FRAGMENTS_MAXIMUM } from './limits.js';

const evidence = (durationSeconds: number | null = 600): Evidence =>
  anEvidence({ durationSeconds });

describe('a second that is seen again', () => {
  it('is kept once, however often it is replayed, by the parts that were seen before', () => {
    const state = evidence();
    creditBeat(beat({ seq: 1, from: 0, to: 10, at: ago(90) }), state, RULES);
    creditBeat(beat({ seq: 2, from: 20, to: 30, at: ago(70) }), state, RULES);
    expect(state.state.watchedAgain).toEqual([]);
    creditBeat(beat({ seq: 3, from: 5, to: 25, at: ago(40) }), state, RULES);
    creditBeat(beat({ seq: 4, from: 5, to: 10, at: ago(20) }), state, RULES);
    expect(state.state.watchedAgain).toEqual([
      [5, 10],
      [20, 25],
    ]);
  });

  it('that was not credited is not kept', () => {
    const state = evidence();
    creditBeat(beat({ seq: 1 }), state, { ...RULES, slackSeconds: 0 });
    creditBeat(beat({ seq: 2 }), state, { ...RULES, slackSeconds: 0 });
    expect(state.state.watchedAgain).toEqual([]);
  });

  it('is given up where a record has too many pieces of them, and costs nobody the beat', () => {
    const state = evidence(null);
    state.state.watched = [[0, 2_000]];
    state.state.watchedAgain = Array.from({ length: LESSON_FRAGMENTS_MAXIMUM }, (_, index) => [
      index * 3,
      index * 3 + 1,
    ]);
    const before = [...state.state.watchedAgain];
    const outcome = creditBeat(beat({ from: 1_990, to: 2_000 }), state, RULES);
    expect(outcome.result).toBe('COUNTED');
    expect(state.state.watchedAgain).toEqual(before);
  });
});
