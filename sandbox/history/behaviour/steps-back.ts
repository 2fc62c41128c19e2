import type { Random } from './random.ts';
import type { Play } from './sitting.ts';

/** Of the stretches that are watched without a jump, in how many somebody steps back once, wherever it is. */
const SHARE = 0.5;
/** By how many seconds: a word was not heard, or a hand was too slow. */
const SECONDS = [5, 30] as const;

/** The same plays, with small replays at any place: no second of a film that many see is seen once by all of them. */
export const withStepsBack = (plays: readonly Play[], random: Random): Play[] =>
  plays.flatMap(({ from, to }) => {
    const seconds = random.between(...SECONDS);
    if (from + seconds >= to || !random.chance(SHARE)) return [{ from, to }];
    const at = random.between(from + seconds, to - 1);
    return [
      { from, to: at },
      { from: at - seconds, to },
    ];
  });
