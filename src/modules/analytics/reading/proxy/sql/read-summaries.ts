import { column, statement } from '../../../../../common/database/statement.js';
import { atRiskSince, lostBefore } from './silence.js';

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
    SELECT c.course_id AS "courseId", cohorts.learners, cohorts.completers, silence.at_risk AS "atRisk"
    FROM unnest($1::varchar[]) AS c (course_id)
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(learners), 0)::int AS learners,
             coalesce(sum(learners) FILTER (WHERE days_to_complete >= 0), 0)::int AS completers
      FROM analytics_cohort a WHERE a.course_id = c.course_id) cohorts
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(learners), 0)::int AS at_risk
      FROM analytics_silence s
      WHERE s.course_id = c.course_id
        AND s.last_active_on BETWEEN ${lostBefore('$2')} AND ${atRiskSince('$2')}) silence`,
});
