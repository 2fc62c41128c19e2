import type { Beat } from '../beat.js';
import type { Clock } from '../clock.js';

/** As far as a beat may be dated later: no further than the clock's bias into the past. */
const PUSH_SECONDS = 3;

/**
 * Dates beats by the service's clock, once each: a repeat under another time would look like another beat.
 *
 * Whole seconds may claim a second that the beat before has claimed already. Such a beat is dated a little later, so
 * that it is not clipped.
 *
 * @returns a function that dates those of some beats, the earliest first, that have no date yet, and returns these
 */
export function createDating(clock: Pick<Clock, 'date'>): (beats: readonly Beat[]) => Beat[] {
  /** The second after the last one that was claimed, by session. */
  const claimed = new Map<string, number>();

  const dateOf = (beat: Beat): number => {
    const { session, from, to, rate } = beat;
    let date = Math.floor(clock.date(beat));
    if (from === to) return date;
    const before = claimed.get(session) ?? 0;
    const late = before - (Math.floor(date / 1_000) - wallSeconds(to - from, rate));
    if (late > 0) date += Math.min(late, PUSH_SECONDS) * 1_000;
    claimed.set(session, Math.max(before, Math.floor(date / 1_000)));
    return date;
  };
  return (beats) => {
    const undated = beats.filter(({ sentAt }) => !sentAt);
    for (const beat of undated) beat.sentAt = dateOf(beat);
    return undated;
  };
}

/**
 * How much of the learner's time the service takes a beat to claim, in seconds, if its largest rate is 2, as it is
 * unless configured otherwise, or 16.
 */
export const wallSeconds = (played: number, rate: number): number =>
  Math.max(Math.floor(played / rate), Math.ceil(played / (rate > 2 ? 16 : 2)), 1);
