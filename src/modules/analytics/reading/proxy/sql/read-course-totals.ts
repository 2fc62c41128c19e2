import { column, statement } from '../../../../../common/database/statement.js';
import { atRiskSince, lostBefore, settledSince } from './silence.js';

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
    SELECT cohorts.*, days.*, silence.*,
           (SELECT coalesce(sum(watch_seconds), 0)::float8 FROM analytics_lesson WHERE course_id = $1) AS "watchSeconds"
    FROM (
      SELECT coalesce(sum(learners), 0)::int AS learners,
             coalesce(sum(learners) FILTER (WHERE days_to_complete >= 0), 0)::int AS completers
      FROM analytics_cohort WHERE course_id = $1) cohorts,
    (
      SELECT coalesce(sum(enrolled) FILTER (WHERE day <= ${settledSince('$2')}), 0)::int AS "settledLearners",
             coalesce(sum(enrolled_completed) FILTER (WHERE day <= ${settledSince('$2')}), 0)::int AS "settledCompleters",
             coalesce(sum(certificates), 0)::int AS certificates
      FROM analytics_day WHERE course_id = $1) days,
    (
      SELECT coalesce(sum(learners) FILTER (WHERE last_active_on >= ${lostBefore('$2')}), 0)::int AS "atRisk",
             coalesce(sum(learners) FILTER (WHERE last_active_on < ${lostBefore('$2')}), 0)::int AS lost
      FROM analytics_silence WHERE course_id = $1 AND last_active_on <= ${atRiskSince('$2')}) silence`,
});
