import type { Activity } from '../../analytics/journal/analytics-move.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';

/**
 * What the learners of a batch did, by record: analytics counts it on the day and in the course where it was done. What
 * is not done by the learner (reconciling, deleting) is no activity.
 */
export class BatchActivity {
  private readonly activities = new Map<string, Activity[]>();

  /**
   * @param at when it was done; not in the future
   * @param seconds credited seconds of media; 0: the lesson was only started or completed
   */
  add(record: LessonKey & { courseId: string }, at: Date, seconds: number): void {
    const activity = { courseId: record.courseId, at, seconds };
    const name = pairName(record.userId, record.lessonId);
    const those = this.activities.get(name);
    if (those) those.push(activity);
    else this.activities.set(name, [activity]);
  }

  of({ userId, lessonId }: LessonKey): readonly Activity[] {
    return this.activities.get(pairName(userId, lessonId)) ?? NONE;
  }
}

const NONE: readonly Activity[] = [];
