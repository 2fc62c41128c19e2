import { column, statement } from '../../../../../common/database/statement.js';
import { atRisk } from './silence.js';

/** The headline sums of courses $1 on day $2, in no order. */
export const readSummaries = statement({
  name: 'read-course-summaries',
  columns: {
    courseId: column.varchar,
    learners: column.int4,
    completers: column.int4,
    atRisk: column.int4,
  },
  text: `
    SELECT c.course_id AS "courseId", coalesce(a.learners, 0) AS learners, coalesce(a.completers, 0) AS completers,
           ${atRisk('c.course_id', '$2')}::int AS "atRisk"
    FROM unnest($1::varchar[]) AS c (course_id)
    LEFT JOIN analytics_course a ON a.course_id = c.course_id`,
});
