import { addTo } from './add-to.js';
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
  part({ active: 'active' }, 'course_id', 'day', 'active_moved'),
  part({ wau_edge: 'wau_edge', mau_edge: 'mau_edge' }, 'course_id', 'day', 'edge_moved'),
];

/** As narrow as the columns are: PostgreSQL adds up integers without allocating memory. */
const added = SUMS.map(
  (name) => `sum(${name})::${name === 'watch_seconds' ? 'bigint' : 'integer'} AS ${name}`,
).join(', ');

/** Adds the moves to the days of courses and of the platform, and to the months of courses. */
export const DAYS = `
    course_day_moved AS MATERIALIZED (
      SELECT course_id, day, ${added} FROM (
        ${ofCourses.join('\n        UNION ALL ')}
      ) moved
      GROUP BY course_id, day
    ),
    active_moved AS (
      SELECT course_id, day, sum(has::int - had::int) AS active FROM presence
      WHERE has <> had GROUP BY course_id, day
    ),
    day_total AS (
      SELECT course_id, day, ${added}
      FROM (
        SELECT course_id, day, ${SUMS.join(', ')} FROM course_day_moved
        UNION ALL SELECT '', day, ${SUMS.join(', ')} FROM course_day_moved
        UNION ALL ${ofAll.join('\n        UNION ALL ')}
      ) moved
      GROUP BY course_id, day
    ),
    ${addTo('course_day', {
      table: 'analytics_day',
      keys: ['course_id', 'day'],
      sums: SUMS,
      from: `
        SELECT * FROM day_total WHERE ${SUMS.map((name) => `${name} <> 0`).join(' OR ')}
        ORDER BY course_id, day`,
    })},
    ${addTo('month', {
      table: 'analytics_month',
      keys: ['month', 'course_id'],
      sums: ['watch_seconds'],
      from: `
        SELECT date_trunc('month', day::timestamp)::date AS month, course_id, sum(watch_seconds) AS watch_seconds
        FROM day_total WHERE course_id <> ''
        GROUP BY 1, 2
        HAVING sum(watch_seconds) <> 0
        ORDER BY 1, 2`,
    })}`;
