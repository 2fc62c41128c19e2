import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import { RecordActivity } from './record-activity.js';

/**
 * What the learners of a batch did, by record: analytics counts it on the day and in the course where it was done. What
 * is not done by the learner (reconciling, deleting) is no activity.
 */
export class BatchActivity {
  private readonly activities = new Map<string, RecordActivity>();

  /**
   * @param at when it was done; not in the future
   * @param seconds credited seconds of media; 0: the lesson was only started or completed
   */
  add(record: LessonKey & { courseId: string }, at: Date, seconds: number): void {
    this.begin(record).add(record.courseId, at, seconds);
  }

  /** The activity in the record, to add to. */
  begin({ userId, lessonId }: LessonKey): RecordActivity {
    const name = pairName(userId, lessonId);
    let activity = this.activities.get(name);
    if (!activity) this.activities.set(name, (activity = new RecordActivity()));
    return activity;
  }

  of({ userId, lessonId }: LessonKey): RecordActivity['all'] {
    return this.activities.get(pairName(userId, lessonId))?.all ?? NONE;
  }
}

const NONE: RecordActivity['all'] = [];
