import type { Beat } from '../beat.js';
import type { Dropped } from '../events.js';

/** The service takes beats of the last week. */
const OLDEST_MS = 7 * 86_400_000;
const MOST_BEATS = 20_000;
/** An open beat is written each second. Where no lock tells whether its page is there, it is gone after so long. */
const SILENT_MS = 60_000;

/** Parts from beats that the service would not take any more, and from the oldest of too many. */
export function evict(beats: readonly Beat[], now: number): { kept: Beat[]; evicted: Dropped[] } {
  const latestFirst = [...beats].sort((one, other) => other.at - one.at);
  const young = latestFirst.filter(({ at }) => at >= now - OLDEST_MS);
  const evicted = [
    { reason: 'TOO_OLD', beats: latestFirst.slice(young.length) },
    { reason: 'TOO_MANY', beats: young.slice(MOST_BEATS) },
  ];
  return {
    kept: young.slice(0, MOST_BEATS),
    evicted: evicted.filter(({ beats }) => beats.length > 0),
  };
}

/** Whether the page that still had a beat open is gone. */
export const isAbandoned = (
  { session, at }: Beat,
  isThere: ((session: string) => boolean) | undefined,
  now: number,
): boolean => (isThere ? !isThere(session) : at < now - SILENT_MS);
