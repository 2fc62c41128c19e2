import type { Activity } from '../../analytics/journal/analytics-move.js';
import { quarterOf } from '../../analytics/journal/move.js';

/**
 * What a learner did in one record. Analytics tells quarters of an hour apart, and of each the last moment: the ten
 * beats that a player sends together are mostly one activity.
 */
export class RecordActivity {
  private readonly activities: { courseId: string; at: Date; seconds: number }[] = [];

  /** As in `BatchActivity`. */
  add(courseId: string, at: Date, seconds: number): void {
    const last = this.activities.at(-1);
    if (last?.courseId !== courseId || quarterOf(last.at) !== quarterOf(at)) {
      this.activities.push({ courseId, at, seconds });
      return;
    }
    last.seconds += seconds;
    if (at.getTime() > last.at.getTime()) last.at = at;
  }

  get all(): readonly Activity[] {
    return this.activities;
  }
}
