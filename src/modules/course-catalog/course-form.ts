import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { Verdict } from '../../common/nats/peer-verdict.js';
import { isRecord } from '../../common/is-record.js';
import { idsOf } from '../../common/nats/reply-data.js';
import { CourseEvents } from '../../common/nats/subjects.js';
import { MalformedCourseError, readCourse, type CourseReply } from './course-reply.js';

/** The forms in which a course can be asked for: each subject, with what is sent under it. */
export const COURSE_FORMS = {
  /** One kind of course service reads `id` and answers with a course, another reads `ids` and answers with a list. */
  [CourseEvents.GET_COURSE_BY_ID]: (id: string) => ({ id, ids: [id] }),
  [CourseEvents.FIND_USERS_WITH_IDS]: (id: string) => ({ id }),
};

export type CourseForm = keyof typeof COURSE_FORMS;

/**
 * What came of asking in one form. `refused`: an error in the peer's own words, which means 'not found' when no other
 * form says more. `failing`: an answer that tells nothing of the course. `unanswered`: the peer was not reached.
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

/** The course, also out of a list that holds others too. Null when it is not in the list. */
function courseIn(
  data: Record<string, unknown> | readonly unknown[],
  courseId: string,
): CourseReply | null {
  if (isRecord(data)) return readCourse(courseId, data);
  // Some lists have a gap for what does not exist.
  for (const entry of data.filter((one) => one !== null)) {
    const ids = isRecord(entry) ? idsOf(entry) : [];
    if (ids.length === 0) throw new MalformedCourseError('a list of something else');
    if (isRecord(entry) && ids.includes(courseId)) return readCourse(courseId, entry);
  }
  return null;
}
