/** ULIDs, ObjectIds and the like: what other services call users, courses and lessons. */
const ID = /^[A-Za-z0-9_-]{1,26}$/;

/** Whether it has the form of the id of a user, a course or a lesson. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}
