import { sums, type Check } from './check.js';
import { dayOf, dayOfQuarter, inPortion } from './common.js';

/** The folder changes these sums with the learners' rows that they count. */
const LEARNER = `
    learner AS (
      SELECT course_id, enrolled_on, completed_on, last_active_on, last_lesson_id
      FROM analytics_learner WHERE joined > 0 AND ${inPortion('course_id')}
    )`;

export const SILENCE: Check = {
  name: 'silence',
  table: 'analytics_silence',
  keys: ['course_id', 'last_active_on', 'last_lesson_id'],
  values: sums('learners'),
  parts: [LEARNER],
  stored: `SELECT * FROM analytics_silence WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, last_active_on, last_lesson_id, count(*) AS learners
    FROM learner WHERE completed_on IS NULL GROUP BY course_id, last_active_on, last_lesson_id`,
  deletes: true,
};

export const COHORTS: Check = {
  name: 'cohorts',
  table: 'analytics_cohort',
  keys: ['course_id', 'enrolled_week', 'days_to_complete'],
  values: sums('learners'),
  parts: [LEARNER],
  stored: `SELECT * FROM analytics_cohort WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, date_trunc('week', enrolled_on)::date AS enrolled_week,
           CASE WHEN completed_on IS NULL THEN -1 ELSE greatest(0, completed_on - enrolled_on) END AS days_to_complete,
           count(*) AS learners
    FROM learner GROUP BY 1, 2, 3`,
  deletes: true,
};

export const ENROLMENTS: Check = {
  name: 'enrolments',
  table: 'analytics_day',
  keys: ['course_id', 'day'],
  values: sums('enrolled', 'enrolled_completed', 'courses_completed'),
  parts: [LEARNER],
  stored: `SELECT * FROM analytics_day WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, day, sum(enrolled) AS enrolled, sum(enrolled_completed) AS enrolled_completed,
           sum(courses_completed) AS courses_completed
    FROM (
      SELECT course_id, enrolled_on AS day, 1 AS enrolled, (completed_on IS NOT NULL)::int AS enrolled_completed,
             0 AS courses_completed FROM learner
      UNION ALL SELECT course_id, completed_on, 0, 0, 1 FROM learner WHERE completed_on IS NOT NULL
    ) counted
    GROUP BY course_id, day`,
  deletes: false,
};

export const CERTIFICATES: Check = {
  name: 'certificates',
  table: 'analytics_day',
  keys: ['course_id', 'day'],
  values: sums('certificates'),
  parts: [],
  stored: `SELECT * FROM analytics_day WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, day, sum(certificates) AS certificates
    FROM (
      SELECT course_id, ${dayOf('issued_at')} AS day, 1 AS certificates
      FROM certificate CROSS JOIN state WHERE issued_at IS NOT NULL AND ${inPortion('course_id')}
      UNION ALL
      SELECT c, ${dayOfQuarter('t')}, -n FROM pending CROSS JOIN state WHERE k = 'i' AND ${inPortion('c')}
    ) counted
    GROUP BY course_id, day`,
  deletes: false,
};
