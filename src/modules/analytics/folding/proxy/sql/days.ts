import { dayOf } from './moves-taken.js';

/** The columns of `analytics_day` that are added up. */
const SUMS = [
  'enrolled',
  'enrolled_completed',
  'courses_completed',
  'certificates',
  'active',
  'watch_seconds',
  'lessons_completed',
  'wau_edge',
  'mau_edge',
];

/** A SELECT of `course_id`, `day` and some of the sums; the others are 0. */
function part(given: Partial<Record<string, string>>, courseId: string, day: string, from: string) {
  const sums = SUMS.map((name) => `${given[name] ?? '0'} AS ${name}`);
  return `SELECT ${courseId} AS course_id, ${day} AS day, ${sums.join(', ')} FROM ${from}`;
}

const ofCourses = [
  part(
    { enrolled: 'sign', enrolled_completed: '(completed_on IS NOT NULL)::int * sign' },
    'course_id',
    'enrolled_on',
    'learner_counted',
  ),
  part(
    { courses_completed: 'sign' },
    'course_id',
    'completed_on',
    'learner_counted WHERE completed_on IS NOT NULL',
  ),
  part({ certificates: 'n' }, 'c', dayOf('t'), `move WHERE k = 'i'`),
  part(
    { watch_seconds: 'seconds', lessons_completed: 'lessons_completed' },
    'course_id',
    'day',
    'day_moved',
  ),
  part(
    { watch_seconds: '-seconds', lessons_completed: '-lessons_completed' },
    'course_id',
    'day',
    'day_erased',
  ),
];

/** `presence` and the edges have the platform's rows already: its learners are distinct. */
const ofAll = [
  part({ active: 'has::int - had::int' }, 'course_id', 'day', 'presence WHERE has <> had'),
  part({ wau_edge: 'wau_edge', mau_edge: 'mau_edge' }, 'course_id', 'day', 'edge_moved'),
];

const added = SUMS.map((name) => `sum(${name}) AS ${name}`).join(', ');

/** Adds the moves to the days of courses and of the platform, and to the months of courses. */
export const DAYS = `
    course_day_moved AS (
      ${ofCourses.join('\n      UNION ALL ')}
    ),
    day_total AS (
      SELECT course_id, day, ${added}
      FROM (
        SELECT COALESCE(course_id, '') AS course_id, day, ${added} FROM course_day_moved
        GROUP BY GROUPING SETS ((course_id, day), (day))
        UNION ALL ${ofAll.join('\n        UNION ALL ')}
      ) moved
      GROUP BY course_id, day
    ),
    course_day_written AS (
      INSERT INTO analytics_day AS g (course_id, day, ${SUMS.join(', ')})
      SELECT course_id, day, ${SUMS.join(', ')} FROM day_total
      WHERE ${SUMS.map((name) => `${name} <> 0`).join(' OR ')}
      ORDER BY course_id, day
      ON CONFLICT (course_id, day) DO UPDATE SET
        ${SUMS.map((name) => `${name} = g.${name} + excluded.${name}`).join(', ')}
    ),
    month_written AS (
      INSERT INTO analytics_month AS g (month, course_id, watch_seconds)
      SELECT date_trunc('month', day::timestamp)::date, course_id, sum(watch_seconds)
      FROM day_total WHERE course_id <> ''
      GROUP BY 1, 2
      HAVING sum(watch_seconds) <> 0
      ORDER BY 1, 2
      ON CONFLICT (month, course_id) DO UPDATE SET watch_seconds = g.watch_seconds + excluded.watch_seconds
    )`;
