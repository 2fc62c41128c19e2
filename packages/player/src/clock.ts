import type { Beat } from './beat.js';

/** Beyond this the device slept, or its clock was set: the two look alike. */
const MOVED_MS = 1_000;
/** Into the past: what is ahead of the service's clock counts as now, and two such beats would overlap. */
const BIAS_MS = 3_000;
/** How much less precise a newer time may be: clocks drift. */
const WORSE_MS = 100;

/** Translates the device's time into the service's. */
export interface Clock {
  /** Milliseconds of the clock that only runs. The device's own may be set. */
  running(): number;
  /** How far the device's clock is from the one that only runs. Another number: another setting of it. */
  base(): number;
  /** If the device's clock was set, or the device slept, it is another clock, of which nothing is known yet. */
  check(beforeItIsAnother: () => void): void;
  /** What to add to the device's time, biased into the past, in milliseconds; undefined while it is not known. */
  offset(): number | undefined;
  /**
   * Learns from an answer.
   *
   * @param told the service's time; what is no time is ignored
   * @param precision of that time, in milliseconds: 1,000 for a `Date` header, which is rounded down
   * @param sentAt when the request left, by `running()`
   */
  learn(told: string | null | undefined, precision: number, sentAt: number): void;
  /** When a beat was played, by the service's clock, as well as it is known: milliseconds since 1970. */
  date(beat: Pick<Beat, 'at' | 'base' | 'offset'>): number;
}

export function createClock(): Clock {
  const running = () => performance.timeOrigin + performance.now();
  const difference = () => Date.now() - running();
  let base = difference();
  let skew = 0;
  let uncertainty = Infinity;

  const offset = () => (uncertainty < Infinity ? skew - uncertainty - BIAS_MS : undefined);
  return {
    running,
    offset,
    base: () => base,
    check(beforeItIsAnother) {
      if (Math.abs(difference() - base) < MOVED_MS) return;
      beforeItIsAnother();
      base = difference();
      uncertainty = Infinity;
    },
    learn(told, precision, sentAt) {
      const time = Date.parse(told!);
      const now = running();
      const doubt = (now - sentAt + precision) / 2;
      if (!(time > 0) || doubt > uncertainty + WORSE_MS) return;
      skew = time + precision / 2 - (now + sentAt) / 2 - base;
      uncertainty = doubt;
    },
    date(beat) {
      const today = beat.at + (offset() ?? -BIAS_MS);
      if (beat.offset !== undefined) return beat.at + beat.offset;
      // In the future by today's clock: it was another setting of it, and the difference is known.
      return beat.at > Date.now() ? today + base - beat.base : today;
    },
  };
}
