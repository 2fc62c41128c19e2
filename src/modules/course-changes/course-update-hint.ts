import { isId } from '../../common/id.js';
import { isRecord } from '../../common/is-record.js';

const ID_FIELDS = ['courseId', 'id', '_id'] as const;
const WRAPPERS = ['updateCourseInput', 'input', 'course'] as const;

/**
 * The course that a `course.update` request names, in any form; null when it names none. In NestJS's envelope only
 * `data` is read: the `id` beside it is the request's own.
 */
export function courseToBeUpdated(request: unknown): string | null {
  const data = isRecord(request) && 'data' in request ? request['data'] : request;
  if (isId(data)) return data;
  if (!isRecord(data)) return null;
  const places = [data, ...WRAPPERS.map((wrapper) => data[wrapper]).filter(isRecord)];
  for (const place of places) {
    const id = ID_FIELDS.map((field) => place[field]).find(isId);
    if (id !== undefined) return id;
  }
  return null;
}
