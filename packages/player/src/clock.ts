import type { Beat } from './beat.js';

/** Beyond this the device slept, or its clock was set: the two look alike. */
const MOVED_MS = 1_000;
/** Into the past: what is ahead of the service's clock counts as now, and two such beats would overlap. */
const BIAS_MS = 3_000;
/** How much a device's clock may drift in a millisecond. */
const DRIFT = 1e-4;

/** The device's two clocks, in milliseconds: one that may be set, and one that only runs. */
export interface DeviceClocks {
  wall(): number;
  running(): number;
}

const DEVICE: DeviceClocks = {
  wall: () => Date.now(),
  running: () => performance.timeOrigin + performance.now(),
};

/** Translates the device's time into the service's. */
export class Clock {
  /** How far the device's clock is from the one that only runs: another number, another setting. */
  base: number;
  private skew = 0;
  private uncertainty = Infinity;
  private learnedAt = 0;

  constructor(private readonly device: DeviceClocks = DEVICE) {
    this.base = this.difference();
  }

  now(): number {
    return this.device.wall();
  }

  running(): number {
    return this.device.running();
  }

  hasMoved(): boolean {
    return Math.abs(this.difference() - this.base) > MOVED_MS;
  }

  /** From here on the clock is another one, of which nothing is known yet. */
  renew(): void {
    this.base = this.difference();
    this.uncertainty = Infinity;
  }

  get isKnown(): boolean {
    return this.uncertainty < Infinity;
  }

  /** What to add to the device's time, biased into the past; undefined while it is not known. */
  get offset(): number | undefined {
    return this.isKnown ? this.skew - this.uncertainty - BIAS_MS : undefined;
  }

  /**
   * Learns from an answer.
   *
   * @param time what the service's clock said, in milliseconds since 1970; what is no time is ignored
   * @param precision of that time, in milliseconds: 1,000 for a `Date` header, which is rounded down
   * @param sentAt when the request left, by `running()`
   */
  learn(time: number, precision: number, sentAt: number): void {
    const now = this.running();
    const uncertainty = (now - sentAt + precision) / 2;
    const drifted = this.uncertainty + (now - this.learnedAt) * DRIFT;
    if (!(time > 0) || uncertainty > drifted || this.hasMoved()) return;
    this.skew = time + precision / 2 - (now + sentAt) / 2 - this.base;
    this.uncertainty = uncertainty;
    this.learnedAt = now;
  }

  /** When a beat was played, by the service's clock, as well as it is known: milliseconds since 1970. */
  date({ at, base, offset }: Pick<Beat, 'at' | 'base' | 'offset'>): number {
    if (offset !== undefined) return at + offset;
    const today = this.offset ?? -BIAS_MS;
    // In the future by today's clock: it was another setting of it, and the difference is known.
    return at > this.now() ? at + today + this.base - base : at + today;
  }

  private difference(): number {
    return this.device.wall() - this.device.running();
  }
}
