import { HOUR_STEP_SECONDS } from './limits.js';
import type { Ranges } from './ranges.js';

/** Ranges of an hour's seconds that were credited, by playback rate in thousandths. */
type Credited = ReadonlyMap<number, Ranges>;

export function fragmentsOf({ credited }: { credited: Credited }): number {
  let fragments = 0;
  for (const ranges of credited.values()) fragments += ranges.length;
  return fragments;
}

/**
 * The hour in coarse steps: each has the highest rate of its seconds. So the gaps in a step count as credited: what was
 * watched in them is not credited any more, and nothing is credited twice.
 */
export function inSteps(credited: Credited): Map<number, Ranges> {
  const steps: number[] = [];
  for (const [rate, ranges] of credited) {
    for (const [from, to] of ranges) {
      const last = Math.ceil(to / HOUR_STEP_SECONDS);
      for (let step = Math.floor(from / HOUR_STEP_SECONDS); step < last; step += 1) {
        steps[step] = Math.max(steps[step] ?? 0, rate);
      }
    }
  }
  const coarse = new Map<number, [number, number][]>();
  for (let from = 0; from < steps.length;) {
    const rate = steps[from];
    let to = from + 1;
    while (to < steps.length && steps[to] === rate) to += 1;
    if (rate !== undefined) {
      if (!coarse.has(rate)) coarse.set(rate, []);
      coarse.get(rate)!.push([from * HOUR_STEP_SECONDS, to * HOUR_STEP_SECONDS]);
    }
    from = to;
  }
  return coarse;
}
