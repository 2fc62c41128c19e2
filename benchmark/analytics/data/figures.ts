import {
  courseId,
  courseOf,
  DAYS_KNOWN,
  daysAgo,
  DILIGENT,
  DILIGENT_DAYS,
  enrolledBefore,
  firstDay,
  hasCompletedCourse,
  isCompleted,
  lastDay,
  lessonId,
  lessonOf,
  seenAgainOf,
  seenOf,
  TODAY,
  userId,
} from './shape.ts';
import { learnersCourses, midnight } from './records.ts';

const day = (ago: string): string => `(${TODAY} - (${ago})::int)`;

export const STATE = `
  INSERT INTO analytics_state (time_zone, since, built_at)
  VALUES ('UTC', ${midnight(String(DAYS_KNOWN))}, ${midnight(String(DAYS_KNOWN))})`;

/** The last record of course `g`. */
const LAST = '(CASE g WHEN 0 THEN 1 WHEN 1 THEN 5 ELSE 9 END)';

export const learnersSql = (learners: number, large: number): string => `
  (user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id)
  SELECT ${userId('u')}, ${courseId('c')}, 1, enrolled, CASE WHEN ${hasCompletedCourse('u', 'g')} THEN last END, last,
         ${lessonId('c', 'lesson')}
  FROM (
    SELECT u, g, ${courseOf('u', 'g', large)} AS c, ${lessonOf('u', LAST, large)} AS lesson,
           ${day(`${daysAgo('u', firstDay('g'))} + ${enrolledBefore('u')}`)} AS enrolled,
           ${day(daysAgo('u', lastDay('g')))} AS last
    FROM ${learnersCourses(learners)} OFFSET 0) AS learner
  UNION ALL
  SELECT '${DILIGENT}', ${courseId('1')}, 1, ${day('365')}, NULL, ${day('0')}, ${lessonId('1', '0')}`;

const secondsOf = (k: string, large: number): string =>
  `${seenOf('u', k, large)} + ${seenAgainOf('u', k, large)}`;

export const daysSql = (learners: number, large: number): string => `
  (user_id, day, course_id, seconds, lessons_completed, last_at, last_lesson_id)
  SELECT ${userId('u')}, ${day('ago')}, ${courseId('c')}, seconds, completed,
         ${midnight('ago')} + interval '630 minutes', ${lessonId('c', 'lesson')}
  FROM (
    SELECT u, ${daysAgo('u', 's')} AS ago, ${courseOf('u', 'g', large)} AS c,
           ${lessonOf('u', '(s * 2 + 1)', large)} AS lesson,
           ${secondsOf('(s * 2)', large)} + ${secondsOf('(s * 2 + 1)', large)} AS seconds,
           ${isCompleted('u', '(s * 2)')}::int + ${isCompleted('u', '(s * 2 + 1)')}::int AS completed
    FROM (
      SELECT u, s, (s + 1) / 2 AS g
      FROM generate_series(0, ${learners - 1}) AS u CROSS JOIN generate_series(0, 4) AS s OFFSET 0) AS numbered OFFSET 0
  ) AS learner_day
  UNION ALL
  SELECT '${DILIGENT}', ${day('n')}, ${courseId('1')}, 60, 0, ${midnight('n')} + interval '10 hours', ${lessonId('1', '0')}
  FROM generate_series(0, ${DILIGENT_DAYS - 1}) AS n`;

/** Sums of records that have the same lesson and end: both tables of lessons follow from them. */
export const SEEN = `
  CREATE TEMPORARY TABLE seen AS
  SELECT course_id, lesson_id, unique_seconds AS seen, rewatched_seconds AS again, count(*) AS learners,
         count(*) FILTER (WHERE completed) AS completed, sum(watch_time_seconds) AS watch
  FROM user_progress GROUP BY 1, 2, 3, 4`;

export const LESSON_SUMS = `
  (course_id, lesson_id, learners, completed, watch_seconds, unique_seconds, rewatched_seconds)
  SELECT course_id, lesson_id, sum(learners), sum(completed), sum(watch), sum(seen * learners), sum(again * learners)
  FROM seen GROUP BY 1, 2 ORDER BY 1, 2`;

export const SECONDS = `
  (course_id, lesson_id, second, seen, again)
  SELECT course_id, lesson_id, second, sum(rises), sum(rises_again)
  FROM (
    SELECT course_id, lesson_id, 0 AS second, learners AS rises, 0 AS rises_again FROM seen
    UNION ALL SELECT course_id, lesson_id, seen, -learners, CASE WHEN again > 0 THEN -learners ELSE 0 END FROM seen
    UNION ALL SELECT course_id, lesson_id, seen - again, 0, learners FROM seen WHERE again > 0) boundary
  GROUP BY 1, 2, 3 HAVING sum(rises) <> 0 OR sum(rises_again) <> 0 ORDER BY 1, 2, 3`;

export const SILENCE = `
  (course_id, last_active_on, last_lesson_id, learners)
  SELECT course_id, last_active_on, last_lesson_id, count(*) FROM analytics_learner
  WHERE completed_on IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

export const COHORTS = `
  (course_id, enrolled_week, days_to_complete, learners)
  SELECT course_id, date_trunc('week', enrolled_on)::date, COALESCE(completed_on - enrolled_on, -1), count(*)
  FROM analytics_learner GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

const DAY_SUMS = [
  ...[
    'enrolled',
    'enrolled_completed',
    'courses_completed',
    'certificates',
    'active',
    'watch_seconds',
  ],
  ...['lessons_completed', 'wau_edge', 'mau_edge'],
];

/** Some of the sums by course and day; the others are 0. */
function part(given: Record<string, string>, on: string, from: string): string {
  const sums = DAY_SUMS.map((name) => `${given[name] ?? '0'} AS ${name}`);
  return `SELECT course_id, ${on} AS day, ${sums.join(', ')} FROM ${from} GROUP BY 1, 2`;
}

/** Days of the learner who is active every day: numbers of active learners rise on the first one, and fall after the last. */
const DILIGENT_DAY = `learner_day WHERE user_id = '${DILIGENT}'`;
const OTHERS = `learner_day WHERE user_id <> '${DILIGENT}'`;
const EDGES = [
  part({ wau_edge: 'count(*)', mau_edge: 'count(*)' }, 'day', OTHERS),
  part({ wau_edge: '-count(*)' }, 'day + 7', OTHERS),
  part({ mau_edge: '-count(*)' }, 'day + 30', OTHERS),
  `SELECT course_id, day, ${DAY_SUMS.map((name) =>
    name === 'wau_edge' ? 'wau' : name === 'mau_edge' ? 'mau' : '0',
  ).join(', ')}
   FROM (SELECT course_id, min(day) AS first, max(day) AS last FROM ${DILIGENT_DAY} GROUP BY 1) d,
   LATERAL (VALUES (first, 1, 1), (last + 7, -1, 0), (last + 30, 0, -1)) edge (day, wau, mau)`,
];

const summed = DAY_SUMS.map((name) => `sum(${name}) AS ${name}`).join(', ');

/**
 * Of courses, and of the platform. Nobody is active in two courses on one day, so the platform's figures are sums. In the
 * order in which folding would write them.
 */
export const DAYS = `
  (course_id, day, ${DAY_SUMS.join(', ')})
  SELECT COALESCE(course_id, ''), day, ${summed}
  FROM (${[
    part(
      { enrolled: 'count(*)', enrolled_completed: 'count(completed_on)' },
      'enrolled_on',
      'analytics_learner',
    ),
    part(
      { courses_completed: 'count(*)', certificates: 'count(*)' },
      'completed_on',
      'analytics_learner WHERE completed_on IS NOT NULL',
    ),
    part(
      {
        active: 'count(*)',
        watch_seconds: 'sum(seconds)',
        lessons_completed: 'sum(lessons_completed)',
      },
      'day',
      'learner_day',
    ),
    ...EDGES,
  ].join('\n    UNION ALL ')}) counted
  GROUP BY GROUPING SETS ((course_id, day), (day))
  ORDER BY 2, 1`;
