import type { RecordWatchChange } from '../changes/progress-change.js';
import type { Beat } from '../evidence/credit-beat.js';
import { SECONDS_PER_HOUR } from '../evidence/learner-clock.js';
import { isWellFormed } from '../evidence/well-formed.js';

/** A learner's hours since 1970, from the first to the last, both included. */
export interface HourSpan {
  userId: string;
  firstHour: number;
  lastHour: number;
}

/**
 * The hours of learners' clocks that beats may claim, in spans that do not overlap. The hours between two beats are left
 * out: a call with beats of a whole week would read all of it.
 *
 * A beat may lie ahead of now (within a limit), and is then credited up to now. Now is unknown before locking, so the
 * earlier hours belong to it too: an hour that is credited without its lock could be credited twice.
 */
export function claimedHours(
  watches: readonly RecordWatchChange[],
  maxAheadSeconds: number,
): HourSpan[] {
  const byUser = new Map<string, HourSpan[]>();
  for (const { userId, beats } of watches) {
    const spans = byUser.get(userId) ?? [];
    for (const beat of beats) {
      if (claimsTime(beat)) spans.push(spanOf(userId, beat, maxAheadSeconds));
    }
    byUser.set(userId, spans);
  }
  return [...byUser.values()].flatMap(withoutOverlap);
}

export const hourOf = (seconds: number): number => Math.floor(seconds / SECONDS_PER_HOUR);

/** A player that stands still claims no time. */
const claimsTime = (beat: Beat): boolean => beat.to > beat.from && isWellFormed(beat);

function spanOf(userId: string, beat: Beat, maxAheadSeconds: number): HourSpan {
  const end = Math.floor(beat.at.getTime() / 1_000);
  const first = hourOf(end - maxAheadSeconds - longestClaim(beat));
  return { userId, firstHour: first, lastHour: hourOf(end) };
}

/** An upper bound of the wall-clock seconds that crediting the beat may claim. */
const longestClaim = ({ from, to, rate }: Beat): number =>
  Math.ceil((to - from) / rate) + (to - from) + 1;

function withoutOverlap(spans: HourSpan[]): HourSpan[] {
  const result: HourSpan[] = [];
  for (const span of spans.sort((one, other) => one.firstHour - other.firstHour)) {
    const last = result.at(-1);
    if (last && span.firstHour <= last.lastHour + 1) {
      last.lastHour = Math.max(last.lastHour, span.lastHour);
    } else result.push(span);
  }
  return result;
}
