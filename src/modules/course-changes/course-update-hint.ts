import { isId } from '../../common/graphql/id.js';
import { isRecord } from '../../common/is-record.js';

const ID_FIELDS = ['courseId', 'id', '_id'] as const;
const WRAPPERS = ['updateCourseInput', 'input', 'course'] as const;

/**
 * Which course a `course.update` request speaks of, in whichever form; null where that cannot be told. Of a request in
 * NestJS's envelope only `data` is looked at: the `id` beside it is the request's own.
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
