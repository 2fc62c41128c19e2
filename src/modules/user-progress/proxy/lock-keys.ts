import type { RecordWatchChange } from '../changes/progress-change.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import { claimedHours } from './claimed-hours.js';

/** Values of one column each, as statements take keys: the first of all arrays belong together, the second … */
type Arrays<Row extends unknown[]> = { [Index in keyof Row]: Row[Index][] };

/** User and lesson, without repetition. */
export function lessonKeys(keys: readonly LessonKey[]): Arrays<[string, string]> {
  const found = new Map(keys.map((key) => [pairName(key.userId, key.lessonId), key]));
  const rows = [...found.values()];
  return [rows.map(({ userId }) => userId), rows.map(({ lessonId }) => lessonId)];
}

/** User and session, without repetition. */
export function sessionKeys(watches: readonly RecordWatchChange[]): Arrays<[string, string]> {
  const found = new Map(watches.map((watch) => [pairName(watch.userId, watch.sessionId), watch]));
  const rows = [...found.values()];
  return [rows.map(({ userId }) => userId), rows.map(({ sessionId }) => sessionId)];
}

/** User, first hour, last hour: see `claimedHours`. */
export function hourKeys(
  watches: readonly RecordWatchChange[],
  maxAheadSeconds: number,
): Arrays<[string, number, number]> {
  const spans = claimedHours(watches, maxAheadSeconds);
  return [
    spans.map(({ userId }) => userId),
    spans.map(({ firstHour }) => firstHour),
    spans.map(({ lastHour }) => lastHour),
  ];
}
