import { sums, type Check } from './check.js';
import { inPortion } from './common.js';

/*
 * Sums of sums, which triggers keep: of what is checked before, so that a recount of those is one of these, too. No move
 * waits for them.
 */

export const COURSE_TOTALS: Check = {
  name: 'course-totals',
  table: 'analytics_course',
  keys: ['course_id'],
  values: sums('learners', 'completers', 'certificates'),
  parts: [],
  stored: `SELECT * FROM analytics_course WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, sum(learners) AS learners, sum(completers) AS completers, sum(certificates) AS certificates
    FROM (
      SELECT course_id, learners, CASE WHEN days_to_complete < 0 THEN 0 ELSE learners END AS completers, 0 AS certificates
      FROM analytics_cohort WHERE ${inPortion('course_id')}
      UNION ALL
      SELECT course_id, 0, 0, certificates FROM analytics_day WHERE course_id <> '' AND ${inPortion('course_id')}
    ) counted
    GROUP BY course_id`,
  deletes: true,
};

export const OPEN_LESSONS: Check = {
  name: 'open-lessons',
  table: 'analytics_open_lesson',
  keys: ['course_id', 'lesson_id'],
  values: sums('learners'),
  parts: [],
  stored: `SELECT * FROM analytics_open_lesson WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, last_lesson_id AS lesson_id, sum(learners) AS learners
    FROM analytics_silence WHERE ${inPortion('course_id')} GROUP BY course_id, last_lesson_id`,
  deletes: true,
};

export const WEEKS: Check = {
  name: 'weeks',
  table: 'analytics_week',
  keys: ['course_id', 'week'],
  values: sums('enrolled', 'courses_completed', 'watch_seconds', 'silent'),
  parts: [],
  stored: `SELECT * FROM analytics_week WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT course_id, date_trunc('week', day::timestamp)::date AS week, sum(enrolled) AS enrolled,
           sum(courses_completed) AS courses_completed, sum(watch_seconds) AS watch_seconds, sum(silent) AS silent
    FROM (
      SELECT course_id, day, enrolled, courses_completed, watch_seconds, 0 AS silent
      FROM analytics_day WHERE course_id <> '' AND ${inPortion('course_id')}
      UNION ALL
      SELECT course_id, last_active_on, 0, 0, 0, learners FROM analytics_silence WHERE ${inPortion('course_id')}
    ) counted
    GROUP BY 1, 2`,
  deletes: true,
};

export const QUARTERS: Check = {
  name: 'quarters',
  table: 'analytics_quarter',
  keys: ['quarter', 'course_id'],
  values: sums('watch_seconds'),
  parts: [],
  stored: `SELECT * FROM analytics_quarter WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT date_trunc('quarter', month::timestamp)::date AS quarter, course_id, sum(watch_seconds) AS watch_seconds
    FROM analytics_month WHERE ${inPortion('course_id')}
    GROUP BY 1, 2`,
  deletes: true,
};
