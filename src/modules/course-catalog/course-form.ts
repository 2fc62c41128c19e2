import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { Verdict } from '../../common/nats/peer-verdict.js';
import { isRecord } from '../../common/is-record.js';
import { idsOf, matchOf } from '../../common/nats/reply-data.js';
import { CourseEvents } from '../../common/nats/subjects.js';
import { MalformedCourseError, readCourse, type CourseReply } from './course-reply.js';

/** The forms of asking for a course: each subject, and the request's body. */
export const COURSE_FORMS = {
  /** Some course services read `id` and answer with a course; others read `ids` and answer with a list. */
  [CourseEvents.GET_COURSE_BY_ID]: (id: string) => ({ id, ids: [id] }),
  [CourseEvents.FIND_USERS_WITH_IDS]: (id: string) => ({ id }),
};

export type CourseForm = keyof typeof COURSE_FORMS;

/**
 * The result of asking in one form.
 * `refused`: an error with the peer's own text; it means 'not found' when no other form says more.
 * `failing`: an answer that says nothing about the course. `unanswered`: the peer was not reached.
 */
export type CourseAnswer =
  | { readonly kind: 'found'; readonly course: CourseReply }
  | { readonly kind: 'absent' | 'refused' }
  | { readonly kind: 'failing' | 'unanswered'; readonly error: PeerUnavailableError };

export function readAnswer(form: CourseForm, courseId: string, verdict: Verdict): CourseAnswer {
  if (verdict.kind === 'unavailable') {
    return { kind: 'failing', error: new PeerUnavailableError(verdict.reason, form) };
  }
  if (verdict.kind !== 'found') return { kind: verdict.kind };
  try {
    const course = courseIn(verdict.data, courseId);
    return course ? { kind: 'found', course } : { kind: 'absent' };
  } catch (cause) {
    if (!(cause instanceof MalformedCourseError)) throw cause;
    return { kind: 'failing', error: new PeerUnavailableError('malformed', form, { cause }) };
  }
}

/**
 * Finds the course in a single answer or in a list with others. Null when the list does not have it, or when the answer
 * is a course whose id is spelled in another way.
 */
function courseIn(
  data: Record<string, unknown> | readonly unknown[],
  courseId: string,
): CourseReply | null {
  if (isRecord(data)) {
    return matchOf(data, courseId) === 'respelled' ? null : readCourse(courseId, data);
  }
  // Some lists have null in place of a missing course.
  for (const entry of data.filter((one) => one !== null)) {
    const ids = isRecord(entry) ? idsOf(entry) : [];
    if (ids.length === 0) throw new MalformedCourseError('a list of something else');
    if (isRecord(entry) && ids.includes(courseId)) return readCourse(courseId, entry);
  }
  return null;
}
