import type { Issue } from '../peers/issue-log.ts';
import { PAST_COURSES } from './courses.ts';
import type { KeptHistory } from './keep-records.ts';

/** From the completion of a course until its certificate is issued. */
export const ISSUED_AFTER_SECONDS = 2;

/** The certificates of the courses of which a learner completed each lesson. */
export function certificatesOf({ records }: KeptHistory): Omit<Issue, 'certificateId'>[] {
  return PAST_COURSES.flatMap(({ _id: courseId, totalLectures }) => {
    const completed = records.filter((record) => record.courseId === courseId && record.completed);
    if (completed.length < totalLectures) return [];
    const completedAt = Math.max(...completed.map((record) => record.completedAt!.getTime()));
    const issuedAt = new Date(completedAt + ISSUED_AFTER_SECONDS * 1_000).toISOString();
    return [{ userId: completed[0]!.userId, courseId, issuedAt }];
  });
}
