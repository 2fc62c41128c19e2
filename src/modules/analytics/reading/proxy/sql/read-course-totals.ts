import { column, statement } from '../../../../../common/database/statement.js';
import { atRisk, notLost, settledSince } from './silence.js';

/** The sums of course $1 on day $2. One row, also if nothing is known of the course. */
export const readCourseTotals = statement({
  name: 'read-course-totals',
  columns: {
    learners: column.int4,
    completers: column.int4,
    settledLearners: column.int4,
    settledCompleters: column.int4,
    atRisk: column.int4,
    lost: column.int4,
    certificates: column.int4,
    watchSeconds: column.float8,
  },
  text: `
    SELECT a.learners, a.completers, a.certificates,
           a.learners - recent.enrolled AS "settledLearners", a.completers - recent.completed AS "settledCompleters",
           ${atRisk('$1', '$2')}::int AS "atRisk",
           (a.learners - a.completers - ${notLost('$1', '$2')})::int AS lost,
           (SELECT coalesce(sum(watch_seconds), 0)::float8 FROM analytics_lesson WHERE course_id = $1) AS "watchSeconds"
    FROM (
      SELECT coalesce(sum(learners), 0)::int AS learners, coalesce(sum(completers), 0)::int AS completers,
             coalesce(sum(certificates), 0)::int AS certificates
      FROM analytics_course WHERE course_id = $1) a,
    (
      SELECT coalesce(sum(enrolled), 0)::int AS enrolled, coalesce(sum(enrolled_completed), 0)::int AS completed
      FROM analytics_day WHERE course_id = $1 AND day > ${settledSince('$2')}) recent`,
});
