import type { CourseKey } from '../../course-catalog/course-key.js';
import type {
  CreateChange,
  RecordWatchChange,
  ReconcileChange,
} from '../changes/progress-change.js';

/** The JSON recordset of (learner, course) that statements take: { user_id, course_id }. */
export const courseRecordset = (keys: readonly CourseKey[]): string =>
  JSON.stringify(keys.map(({ userId, courseId }) => ({ user_id: userId, course_id: courseId })));

/** The JSON recordset of `properHomes`: { user_id, lesson_id, course_id, lost_by }. */
export const homeRecordset = (
  changes: readonly (CreateChange | RecordWatchChange | ReconcileChange)[],
): string =>
  JSON.stringify(
    changes.map((change) => ({
      user_id: change.userId,
      lesson_id: change.lessonId,
      course_id: 'courseId' in change ? change.courseId : null,
      lost_by: 'elsewhere' in change ? change.elsewhere?.lostBy : null,
    })),
  );
