import { highest, type GrowingRanges } from './ranges.js';

/** The beats of a session that were counted. */
export interface CountedBeats {
  /** Ranges of their sequence numbers. */
  counted: GrowingRanges;
  /** Null when it is not known: an older version counted beats of the session. */
  latest?: NumberedBeat | null;
}

/** A number, and a time by the player's clock: of one beat, or the highest and the latest of all that were counted. */
export interface NumberedBeat {
  seq: number;
  at: Date;
}

/**
 * Whether a beat whose number was counted is another one than that: its number is not the latest, but its time is later
 * than all that were counted. A repeat never is. So a player that lost its data, and counts from 0 again in a session of
 * the same name, is found out.
 */
export const isReused = ({ latest }: CountedBeats, beat: NumberedBeat): boolean =>
  !!latest && beat.seq < latest.seq && beat.at.getTime() > latest.at.getTime();

/** The session's latest beat, once this one is counted. */
export function latestWith(
  { counted, latest }: CountedBeats,
  beat: NumberedBeat,
): NumberedBeat | null {
  if (!latest) return beat.seq > highest(counted) ? { seq: beat.seq, at: beat.at } : null;
  return {
    seq: Math.max(latest.seq, beat.seq),
    at: latest.at.getTime() > beat.at.getTime() ? latest.at : beat.at,
  };
}
