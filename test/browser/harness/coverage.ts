/** A stretch that the witness saw; see page/witness.js. */
export interface Stretch {
  earliest: number;
  from: number;
  sure: number;
  latest: number;
  rate: number;
}

export interface WatchedRange {
  from: number;
  to: number;
}

export interface Differences {
  /** Seconds that were played from their start to their end, but are not covered. */
  lost: number[];
  /** Seconds of which nothing was played, but that are covered. */
  invented: number[];
}

/** How exact a seek's origin and a film's end are known, in seconds at the rate that was played. */
const EXACT_SECONDS = 0.06;

/** Compares what is stored with what was seen, second by second. */
export function compare(watched: WatchedRange[], stretches: Stretch[]): Differences {
  const covered = new Set(watched.flatMap(({ from, to }) => range(from, to)));
  const played = new Set(
    joined(stretches).flatMap(({ from, to }) => range(Math.ceil(from), Math.floor(to))),
  );
  const touched = new Set(
    stretches.flatMap(({ earliest, latest, rate }) => {
      const tolerance = EXACT_SECONDS * Math.max(1, rate);
      return range(Math.floor(Math.max(0, earliest - tolerance)), Math.ceil(latest + tolerance));
    }),
  );
  return {
    lost: [...played].filter((second) => !covered.has(second)),
    invented: [...covered].filter((second) => !touched.has(second)),
  };
}

/** A second is seen too if one stretch has its first half, and the next one the other. */
function joined(stretches: Stretch[]): WatchedRange[] {
  const sorted = stretches
    .map(({ from, sure }) => ({ from, to: sure - EXACT_SECONDS }))
    .sort((one, other) => one.from - other.from);
  const result: WatchedRange[] = [];
  for (const stretch of sorted) {
    const previous = result.at(-1);
    if (previous && stretch.from <= previous.to) previous.to = Math.max(previous.to, stretch.to);
    else result.push({ ...stretch });
  }
  return result;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
