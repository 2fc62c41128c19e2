import { column, statement } from '../../../../../common/database/statement.js';

/** What is known of courses $1, in no order. A course that is not stored has no row. */
export const readCourses = statement({
  name: 'read-analysed-courses',
  columns: {
    courseId: column.varchar,
    title: column.nullable(column.text),
    beingEvaluated: column.bool,
  },
  text: `
    SELECT c.course_id AS "courseId", c.title,
           EXISTS (SELECT FROM course_evaluation e WHERE e.course_id = c.course_id) AS "beingEvaluated"
    FROM course c WHERE c.course_id = ANY ($1)`,
});
