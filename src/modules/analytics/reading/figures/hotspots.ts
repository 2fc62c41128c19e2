import type { CountsBySecond } from './counts-by-second.js';
import { toTwoDecimals } from './percentages.js';

/** A stretch of a lesson that stands out for being replayed. */
export interface Hotspot {
  from: number;
  /** The second after the last one. */
  to: number;
  /** Percent of those who saw it, who saw it at least twice. */
  share: number;
}

const HOTSPOTS_MAXIMUM = 3;
const SECONDS_MINIMUM = 3;
/** Shares are counted in hundredths of a percent, as the API shows them: a median of them needs no sorting. */
const WHOLE = 10_000;
/** How far above the median a share must be, at least: five percentage points. */
const DISTANCE_MINIMUM = 500;
/** And how far in median absolute deviations: in a lesson that is replayed unevenly all along, more is needed. */
const DEVIATIONS = 2;

/**
 * The stretches with the largest shares of replays, largest first.
 * @param group how many learners must have replayed each second: without it, one learner who replays the end that few
 *   have reached would make a hotspot
 */
export function findHotspots({ seen, again }: CountsBySecond, group: number): Hotspot[] {
  const shares = seen.map((saw, second) =>
    saw > 0 ? Math.round((WHOLE * again[second]!) / saw) : -1,
  );
  const threshold = thresholdOf(shares.filter((share) => share >= 0));

  const found: Hotspot[] = [];
  const standsOut = (second: number): boolean =>
    second < seen.length && again[second]! >= group && shares[second]! >= threshold;
  for (let from = 0; from < seen.length; from += 1) {
    if (!standsOut(from)) continue;
    let [to, saw, sawAgain] = [from, 0, 0];
    for (; standsOut(to); to += 1) {
      saw += seen[to]!;
      sawAgain += again[to]!;
    }
    if (to - from >= SECONDS_MINIMUM) {
      found.push({ from, to, share: toTwoDecimals((100 * sawAgain) / saw) });
    }
    from = to;
  }
  return found.sort((a, b) => b.share - a.share || a.from - b.from).slice(0, HOTSPOTS_MAXIMUM);
}

/** From which share on a second stands out. */
function thresholdOf(shares: Int32Array): number {
  const usual = twiceMedian(shares);
  const deviation = twiceMedian(shares.map((share) => Math.abs(2 * share - usual))) / 4;
  return usual / 2 + Math.max(DISTANCE_MINIMUM, DEVIATIONS * deviation);
}

/** Twice the median of whole numbers from 0 to 2 * `WHOLE`, which is a whole number, too; 0 of none. */
function twiceMedian(values: Int32Array): number {
  const counts = new Int32Array(2 * WHOLE + 1);
  for (const value of values) counts[value]! += 1;
  const ofRank = (rank: number): number => {
    let [value, passed] = [0, counts[0]!];
    while (passed <= rank && value < 2 * WHOLE) passed += counts[(value += 1)]!;
    return value;
  };
  if (values.length === 0) return 0;
  return ofRank((values.length - 1) >> 1) + ofRank(values.length >> 1);
}
