/** What is read of a medium at one moment. */
export interface Sample {
  /** Seconds of media. */
  position: number;
  duration: number;
  rate: number;
  /** It moves, as far as it says. */
  playing: boolean;
  stopped: boolean;
  ended: boolean;
  /** Milliseconds by the device's clock. */
  wall: number;
}

interface Anchor {
  position: number;
  wall: number;
}

/** How far a medium may be from where it should be, in seconds at its rate, before it stood still, or jumped. */
const STILL = 0.25;
const JUMP = 0.5;
/** How far a position may fall back without a jump: some media correct theirs by a frame or ten. */
const BACK = 0.3;
/** The largest step of a medium that tells its position now and then only, in seconds at its rate. */
export const STEP = 2.5;

/** Playback without a jump, at one rate. */
export class Run {
  readonly rate: number;
  readonly start: number;
  /** A second at 1×, or what the medium plays in a second. */
  readonly unit: number;
  /** The first second that no sealed piece has. */
  from: number;
  private anchor: Anchor;
  /** Where the anchor was before the medium seemed to stand still: it may have told an old position. */
  private held: Anchor | undefined;

  constructor({ position, wall, rate }: Sample) {
    this.rate = rate;
    this.start = position;
    this.unit = Math.max(1, rate);
    this.from = Math.floor(position + 1e-3);
    this.anchor = { position, wall };
  }

  /** When a position was reached, or will be, in milliseconds by the device's clock. */
  wallAt(position: number): number {
    return this.anchor.wall + ((position - this.anchor.position) / this.rate) * 1_000;
  }

  /** Follows the medium to a sample. @returns false when it jumped there */
  accepts({ position, wall }: Sample, last: number): boolean {
    if (position < last - BACK) return false;
    const ahead = position - this.expected(this.anchor, wall);
    if (ahead > JUMP * this.unit) {
      const { held } = this;
      const isLateNews =
        held !== undefined &&
        position - last <= STEP * this.unit &&
        position - this.expected(held, wall) <= JUMP * this.unit;
      if (!isLateNews) return false;
      this.anchor = held;
      this.held = undefined;
    } else if (ahead < -STILL * this.unit) {
      this.held ??= this.anchor;
      this.anchor = { position, wall };
    } else if (position > last) {
      this.held = undefined;
    }
    return true;
  }

  private expected({ position, wall }: Anchor, now: number): number {
    return position + ((now - wall) / 1_000) * this.rate;
  }
}

/** Whether a position is where a medium of that length loops. */
export const isAtTheEnd = (position: number, duration: number, rate: number): boolean =>
  position >= duration - STILL * Math.max(1, rate);
