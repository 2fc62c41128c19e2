import { fragmentsOf, inSteps } from './coarse-hour.js';
import { HOUR_FRAGMENTS_MAXIMUM } from './limits.js';
import { intersect, measure, NOTHING, subtract, union, type Ranges } from './ranges.js';

export const SECONDS_PER_HOUR = 3_600;

/** One hour of a learner's wall clock, as stored in `watch_clock`. */
export interface ClockHour {
  /** Ranges of the hour's seconds that were credited, by playback rate in thousandths. */
  credited: Map<number, Ranges>;
  /** Media seconds credited beyond the clock. */
  slackUsed: number;
}

/** Which seconds of a learner's wall clock were credited, on all devices together. */
export class LearnerClock {
  private readonly hours = new Map<number, ClockHour>();
  private readonly stored = new Set<number>();
  private readonly touched = new Set<number>();

  /** Adds an hour as it was stored. `hour`: hours since 1970. */
  load(hour: number, entry: ClockHour): void {
    this.hours.set(hour, entry);
    this.stored.add(hour);
  }

  /**
   * How much a claim of the seconds `[from, to)` (since 1970) at a playback rate would still yield, in seconds of wall
   * clock times thousandths of the rate. Changes nothing.
   *
   * A second that was credited at 1× and is claimed at 2× yields the difference. One that was credited at the same or a
   * higher rate yields nothing. So after any claims, each second has yielded the highest rate claimed for it: the total
   * does not depend on the order.
   */
  free(from: number, to: number, rateMilli: number): number {
    let free = 0;
    for (let hour = hourOf(from); hour <= hourOf(to - 1); hour += 1) {
      const base = hour * SECONDS_PER_HOUR;
      const entry = this.hours.get(hour);
      free += freeIn(entry, startIn(from - base), endIn(to - base), rateMilli);
    }
    return free;
  }

  /** Credits these seconds at that rate, as far as they are free. */
  claim(from: number, to: number, rateMilli: number): void {
    for (let hour = hourOf(from); hour <= hourOf(to - 1); hour += 1) {
      const base = hour * SECONDS_PER_HOUR;
      const entry = this.touch(hour);
      raise(entry, startIn(from - base), endIn(to - base), rateMilli);
      if (fragmentsOf(entry) > HOUR_FRAGMENTS_MAXIMUM) entry.credited = inSteps(entry.credited);
    }
  }

  /** What remains of the slack of the hour before `at` (seconds since 1970), in seconds. */
  slackLeft(at: number, slackPerHour: number): number {
    return Math.max(0, slackPerHour - (this.hours.get(hourOf(at - 1))?.slackUsed ?? 0));
  }

  useSlack(at: number, seconds: number): void {
    if (seconds > 0) this.touch(hourOf(at - 1)).slackUsed += seconds;
  }

  changedHours(): { hour: number; entry: ClockHour; isNew: boolean }[] {
    return [...this.touched].map((hour) => ({
      hour,
      entry: this.hours.get(hour)!,
      isNew: !this.stored.has(hour),
    }));
  }

  /** The hour's entry, to be changed. */
  private touch(hour: number): ClockHour {
    let entry = this.hours.get(hour);
    if (!entry) this.hours.set(hour, (entry = { credited: new Map(), slackUsed: 0 }));
    this.touched.add(hour);
    return entry;
  }
}

/** The hour since 1970 of a second since 1970. */
const hourOf = (second: number): number => Math.floor(second / SECONDS_PER_HOUR);

/** The part of a stretch that is in an hour, in seconds of that hour. */
const startIn = (from: number): number => Math.max(from, 0);
const endIn = (to: number): number => Math.min(to, SECONDS_PER_HOUR);

function freeIn(
  entry: ClockHour | undefined,
  start: number,
  end: number,
  rateMilli: number,
): number {
  if (!entry) return (end - start) * rateMilli;
  let free = 0;
  let rest: Ranges = [[start, end]];
  const fastestFirst = [...entry.credited.keys()].sort((a, b) => b - a);
  for (const rate of fastestFirst) {
    const ranges = entry.credited.get(rate)!;
    free += measure(intersect(rest, ranges)) * Math.max(0, rateMilli - rate);
    rest = subtract(rest, ranges);
  }
  return free + measure(rest) * rateMilli;
}

/**
 * Raises the seconds `[start, end)` of an hour to a rate. Each second is kept under its highest rate only: so the row
 * has at most one range a second, whatever is claimed.
 */
function raise({ credited }: ClockHour, start: number, end: number, rateMilli: number): void {
  let raised: Ranges = [[start, end]];
  for (const [rate, ranges] of credited) {
    if (rate > rateMilli) raised = subtract(raised, ranges);
    if (rate < rateMilli) keep(credited, rate, subtract(ranges, [[start, end]]));
  }
  let atRate = credited.get(rateMilli) ?? NOTHING;
  for (const [from, to] of raised) atRate = union(atRate, from, to);
  keep(credited, rateMilli, atRate);
}

function keep(credited: ClockHour['credited'], rate: number, ranges: Ranges): void {
  if (ranges.length > 0) credited.set(rate, ranges);
  else credited.delete(rate);
}
