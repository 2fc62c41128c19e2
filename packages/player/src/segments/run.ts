import type { MediumState } from '../medium.js';

/** Playback without a jump, at one rate. Positions are seconds of media, times milliseconds by the device's clock. */
export interface Run {
  rate: number;
  /** Where it began. */
  start: number;
  /** A second at 1×, or what the medium plays in a second. */
  unit: number;
  /** The first second that no sealed piece has. */
  from: number;
  /** When a position was reached, or will be. */
  timeAt(position: number): number;
  /** Follows the medium from the last position to the present one. @returns false when it jumped */
  accepts(position: number, now: number, last: number): boolean;
  /** The device's clock is another one from the next position on. */
  breakOff(): void;
}

/** How far a medium may be from where it should be, in seconds at its rate, before it stood still, or jumped. */
const STILL = 0.25;
const JUMP = 0.5;
/** How far a position may fall back without a jump: some media correct theirs by a few frames. */
const BACK = 0.3;
/** The largest step of a medium that tells its position now and then only, in seconds at its rate. */
export const STEP = 2.5;

/** The second that a position is in. Positions at a border may be a little before it. */
export const secondOf = (position: number): number => Math.floor(position + 1e-3);

export function startRun(
  { currentTime: start, playbackRate: rate }: MediumState,
  now: number,
): Run {
  type Anchor = [position: number, time: number];
  const unit = Math.max(1, rate);
  let anchor: Anchor = [start, now];
  let isBroken = false;
  /** The anchor before the medium seemed to stand still: it may have told an old position. */
  let held: Anchor | undefined;

  /** How far a position is ahead of where an anchor lets it be expected, in seconds at the rate. */
  const ahead = ([from, since]: Anchor, position: number, now: number) =>
    (position - from - ((now - since) / 1_000) * rate) / unit;

  return {
    rate,
    start,
    unit,
    from: secondOf(start),
    timeAt: (position) => anchor[1] + ((position - anchor[0]) / rate) * 1_000,
    accepts(position, now, last) {
      const moved = position - last;
      const lead = ahead(anchor, position, now);
      if (moved < -BACK) return false;
      if (isBroken) {
        if (moved > STEP * unit) return false;
        anchor = [position, now];
        isBroken = false;
      } else if (lead > JUMP) {
        if (!held || moved > STEP * unit || ahead(held, position, now) > JUMP) return false;
        anchor = held;
        held = undefined;
      } else if (lead < -STILL) {
        held ??= anchor;
        anchor = [position, now];
      } else if (moved > 0) held = undefined;
      return true;
    },
    breakOff() {
      isBroken = true;
      held = undefined;
    },
  };
}
