import { sums, type Check } from './check.js';
import { inPortion } from './common.js';

/** The longest window, in days. */
const REACH = 30;

/** Whether a day is in the portion, whose ends are days here: '' is before all of them. */
const inDays = (day: string): string =>
  `(($1 = '' OR ${day} > NULLIF($1, '')::date) AND ($2::text IS NULL OR ${day} <= $2::date))`;

const storedSince = (first: string): string => `
    SELECT g.* FROM analytics_day g CROSS JOIN state WHERE ${inDays('g.day')} AND g.day >= ${first}`;

/** What learners did by day, from their days: in courses, and on the platform (course ''). */
export const ACTIVITY: Check = {
  name: 'activity',
  table: 'analytics_day',
  keys: ['course_id', 'day'],
  values: sums('active', 'watch_seconds', 'lessons_completed'),
  parts: [],
  stored: storedSince('state.counted_from'),
  counted: `
    SELECT COALESCE(d.course_id, '') AS course_id, d.day,
           count(DISTINCT d.user_id) FILTER (WHERE d.last_at IS NOT NULL) AS active,
           sum(d.seconds) AS watch_seconds, sum(d.lessons_completed) AS lessons_completed
    FROM learner_day d CROSS JOIN state
    WHERE ${inDays('d.day')} AND d.day >= state.counted_from
    GROUP BY GROUPING SETS ((d.course_id, d.day), (d.day))`,
  deletes: false,
};

/** Where the numbers of active learners rise and fall: from stretches of days, `folding/proxy/sql/active-windows.ts`. */
export const EDGES: Check = {
  name: 'edges',
  table: 'analytics_day',
  keys: ['course_id', 'day'],
  values: sums('wau_edge', 'mau_edge'),
  parts: [
    `
    active AS (
      SELECT DISTINCT d.user_id, course.id AS course_id, d.day
      FROM learner_day d CROSS JOIN LATERAL (VALUES (d.course_id), ('')) course (id)
      WHERE d.last_at IS NOT NULL AND ($1 = '' OR d.day > NULLIF($1, '')::date - ${REACH})
        AND ($2::text IS NULL OR d.day <= $2::date)
    ),
    neighbour AS (
      SELECT course_id, day, COALESCE(day - lag(day) OVER days, ${REACH}) AS since_last,
             COALESCE(lead(day) OVER days - day, ${REACH}) AS until_next
      FROM active WINDOW days AS (PARTITION BY user_id, course_id ORDER BY day)
    )`,
  ],
  stored: storedSince(`state.counted_from + ${REACH}`),
  counted: `
    SELECT course_id, day, sum(wau_edge) AS wau_edge, sum(mau_edge) AS mau_edge
    FROM (
      SELECT course_id, day, 1 AS wau_edge, 0 AS mau_edge FROM neighbour WHERE since_last >= 7
      UNION ALL SELECT course_id, day + 7, -1, 0 FROM neighbour WHERE until_next >= 7
      UNION ALL SELECT course_id, day, 0, 1 FROM neighbour WHERE since_last >= 30
      UNION ALL SELECT course_id, day + 30, 0, -1 FROM neighbour WHERE until_next >= 30
    ) edge CROSS JOIN state
    WHERE ${inDays('day')} AND day >= state.counted_from + ${REACH}
    GROUP BY course_id, day`,
  deletes: false,
};

const OF_COURSES = ['enrolled', 'enrolled_completed', 'courses_completed', 'certificates'];

/** What the platform's days have of the courses': their sums. */
export const PLATFORM_DAYS: Check = {
  name: 'platform-days',
  table: 'analytics_day',
  keys: ['course_id', 'day'],
  values: sums(...OF_COURSES),
  parts: [],
  stored: `SELECT * FROM analytics_day WHERE course_id = '' AND ${inDays('day')}`,
  counted: `
    SELECT '' AS course_id, day, ${OF_COURSES.map((name) => `sum(${name}) AS ${name}`).join(', ')}
    FROM analytics_day WHERE course_id <> '' AND ${inDays('day')}
    GROUP BY day`,
  deletes: false,
};

/** What was watched in courses by month: the sums of their days. */
export const MONTHS: Check = {
  name: 'months',
  table: 'analytics_month',
  keys: ['month', 'course_id'],
  values: sums('watch_seconds'),
  parts: [],
  stored: `SELECT * FROM analytics_month WHERE ${inPortion('course_id')}`,
  counted: `
    SELECT date_trunc('month', day::timestamp)::date AS month, course_id, sum(watch_seconds) AS watch_seconds
    FROM analytics_day WHERE course_id <> '' AND ${inPortion('course_id')}
    GROUP BY 1, 2`,
  deletes: true,
};
