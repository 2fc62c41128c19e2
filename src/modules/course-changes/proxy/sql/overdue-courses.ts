import { column, statement } from '../../../../common/database/statement.js';

/** Last asked for more than so many seconds ago; or in the future, so nobody knows when. */
const isOld = (seconds: string) =>
  `(fetched_at < now() - make_interval(secs => ${seconds}) OR fetched_at > clock_timestamp())`;

/**
 * Up to $2 courses whose lessons and number of lessons are unknown, and which were last asked for more than $1 seconds
 * ago. Unordered, so that courses that no longer exist do not block the others.
 */
export const unknownStructures = statement({
  name: 'unknown-structures',
  columns: { courseId: column.varchar },
  text: `
    SELECT course_id AS "courseId"
    FROM course
    WHERE NOT lessons_listed AND lessons_total = 0 AND ${isOld('$1')}
    ORDER BY random()
    LIMIT $2`,
});

/** Up to $2 courses that were last asked for more than $1 seconds ago. Unordered, for the same reason. */
export const unseenCourses = statement({
  name: 'unseen-courses',
  columns: { courseId: column.varchar },
  text: `
    SELECT course_id AS "courseId"
    FROM course
    WHERE ${isOld('$1')}
    ORDER BY random()
    LIMIT $2`,
});
