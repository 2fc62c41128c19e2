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
   * Claims the seconds `[from, to)` (since 1970) at a playback rate.
   *
   * A second that was credited at 1× and is claimed at 2× yields the difference. One that was credited at the same or a
   * higher rate yields nothing. So after any claims, each second has yielded the highest rate claimed for it: the total
   * does not depend on the order.
   *
   * @returns how much of the claim was still free, in seconds of wall clock times thousandths of the rate.
   */
  claim(from: number, to: number, rateMilli: number): number {
    let gained = 0;
    for (const hour of hoursBetween(from, to)) {
      const base = hour * SECONDS_PER_HOUR;
      const start = Math.max(from - base, 0);
      const end = Math.min(to - base, SECONDS_PER_HOUR);
      const entry = this.hour(hour);
      const free = freeIn(entry, start, end, rateMilli);
      if (free === 0) continue;
      gained += free;
      entry.credited.set(rateMilli, union(entry.credited.get(rateMilli) ?? NOTHING, start, end));
      this.touched.add(hour);
    }
    return gained;
  }

  /** Takes up to `wanted` seconds of the remaining slack of the hour before `at` (seconds since 1970). */
  takeSlack(at: number, wanted: number, slackPerHour: number): number {
    const hour = Math.floor((at - 1) / SECONDS_PER_HOUR);
    const entry = this.hour(hour);
    const taken = Math.min(wanted, Math.max(0, slackPerHour - entry.slackUsed));
    if (taken > 0) {
      entry.slackUsed += taken;
      this.touched.add(hour);
    }
    return taken;
  }

  changedHours(): { hour: number; entry: ClockHour; isNew: boolean }[] {
    return [...this.touched].map((hour) => ({
      hour,
      entry: this.hour(hour),
      isNew: !this.stored.has(hour),
    }));
  }

  private hour(hour: number): ClockHour {
    let entry = this.hours.get(hour);
    if (!entry) this.hours.set(hour, (entry = { credited: new Map(), slackUsed: 0 }));
    return entry;
  }
}

/** The hours since 1970 that overlap `[from, to)`, in seconds since 1970. */
function hoursBetween(from: number, to: number): number[] {
  const hours: number[] = [];
  const last = Math.floor((to - 1) / SECONDS_PER_HOUR);
  for (let hour = Math.floor(from / SECONDS_PER_HOUR); hour <= last; hour += 1) hours.push(hour);
  return hours;
}

function freeIn(entry: ClockHour, start: number, end: number, rateMilli: number): number {
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
