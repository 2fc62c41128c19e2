import { sums, type Check } from './check.js';
import { dayOf, dayOfQuarter, inPortion } from './common.js';

/** Of the learner in a column, which must be qualified: `leaving` has one of that name. */
const IS_LEAVING = (userId: string): string =>
  `EXISTS (SELECT FROM leaving WHERE leaving.user_id = ${userId})`;

/** Rollups of learners who stay. */
const ROLLUP = `
    rollup AS MATERIALIZED (
      SELECT p.user_id, p.course_id, (p.lessons_started > 0 OR p.completed_at IS NOT NULL)::int AS learners,
             ${dayOf('p.created_at')} AS enrolled_on, ${dayOf('p.completed_at')} AS completed_on
      FROM course_progress p CROSS JOIN state
      WHERE ${inPortion('p.user_id')} AND NOT ${IS_LEAVING('p.user_id')}
    )`;

const PENDING_LEARNER = `
    pending_learner AS MATERIALIZED (
      SELECT u AS user_id, c AS course_id, sum(COALESCE(j, 0)) AS joined, ${dayOfQuarter('min(x)')} AS completed_on
      FROM pending CROSS JOIN state WHERE k = 'c' AND ${inPortion('u')}
      GROUP BY u, c, state.time_zone
    )`;

/** The latest activity of the days that are kept, as the folder orders activities. */
const LATEST_DAY = `
    latest_day AS MATERIALIZED (
      SELECT DISTINCT ON (user_id, course_id) user_id, course_id, day, last_at, last_lesson_id
      FROM learner_day WHERE last_at IS NOT NULL AND ${inPortion('user_id')}
      ORDER BY user_id, course_id, last_at DESC, last_lesson_id COLLATE "C" DESC
    )`;

/**
 * Whether the latest activity of the stored row may be true. Days of activity since the figures were built are all in
 * `learner_day`, until they are forgotten. The activity of days before was told by records, which have changed since.
 */
const ACTIVITY_HOLDS = `
    CASE WHEN state.built_at IS NULL OR s.user_id IS NULL THEN false
         WHEN d.day > state.built_on THEN (s.last_active_on, s.last_lesson_id) = (d.day, d.last_lesson_id)
         WHEN d.day IS NOT NULL THEN s.last_active_on BETWEEN d.day AND state.built_on
         ELSE (s.last_active_on, s.last_lesson_id) = (r.enrolled_on, '')
           OR s.last_active_on <= state.built_on OR s.last_active_on < state.counted_from END`;

/** The learner's latest record, for rows whose activity is not known otherwise. */
const LATEST_RECORD = `
    SELECT least(u.updated_at, state.told_by_days_from) AS active_at, u.lesson_id FROM user_progress u
    WHERE u.user_id = r.user_id AND u.course_id = r.course_id AND u.deleted_at IS NULL AND NOT known.holds
      AND (state.built_at IS NULL OR u.updated_at <= state.built_at)
    ORDER BY u.updated_at DESC, u.lesson_id COLLATE "C" DESC LIMIT 1`;

/** What is known of learners in courses, from their rollups, days and records. */
export const LEARNERS: Check = {
  name: 'learners',
  table: 'analytics_learner',
  keys: ['user_id', 'course_id'],
  values: {
    joined: '0',
    enrolled_on: 'NULL::date',
    completed_on: 'NULL::date',
    last_active_on: 'NULL::date',
    last_lesson_id: 'NULL::varchar',
  },
  parts: [ROLLUP, PENDING_LEARNER, LATEST_DAY],
  stored: `
    SELECT * FROM analytics_learner l WHERE ${inPortion('l.user_id')} AND NOT ${IS_LEAVING('l.user_id')}`,
  counted: `
    SELECT r.user_id, r.course_id, r.learners - COALESCE(p.joined, 0) AS joined,
           CASE WHEN s.user_id IS NULL OR s.enrolled_on IS NOT NULL OR p.user_id IS NULL THEN r.enrolled_on END AS enrolled_on,
           CASE WHEN s.user_id IS NOT NULL AND least(s.completed_on, p.completed_on) IS NOT DISTINCT FROM r.completed_on
                THEN s.completed_on ELSE r.completed_on END AS completed_on,
           CASE WHEN known.holds THEN s.last_active_on
                WHEN is_later.record THEN ${dayOf('record.active_at')}
                ELSE COALESCE(d.day, r.enrolled_on) END AS last_active_on,
           CASE WHEN known.holds THEN s.last_lesson_id
                WHEN is_later.record THEN record.lesson_id
                ELSE COALESCE(d.last_lesson_id, '') END AS last_lesson_id
    FROM rollup r
    CROSS JOIN state
    LEFT JOIN analytics_learner s ON s.user_id = r.user_id AND s.course_id = r.course_id
    LEFT JOIN pending_learner p ON p.user_id = r.user_id AND p.course_id = r.course_id
    LEFT JOIN latest_day d ON d.user_id = r.user_id AND d.course_id = r.course_id
    CROSS JOIN LATERAL (SELECT COALESCE(${ACTIVITY_HOLDS}, false) AS holds) known
    LEFT JOIN LATERAL (${LATEST_RECORD}) record ON true
    CROSS JOIN LATERAL (
      SELECT record.active_at IS NOT NULL AND (d.last_at IS NULL OR record.active_at > d.last_at) AS record) is_later
    WHERE s.user_id IS NOT NULL OR r.learners - COALESCE(p.joined, 0) <> 0`,
  deletes: true,
};

/** Days of learners without a rollup in the course: they were erased. */
export const STRAY_DAYS: Check = {
  name: 'stray-days',
  table: 'learner_day',
  keys: ['user_id', 'day', 'course_id'],
  values: { seconds: '0', lessons_completed: '0', last_lesson_id: 'NULL::varchar' },
  parts: [],
  stored: `
    SELECT d.* FROM learner_day d
    WHERE ${inPortion('d.user_id')} AND NOT ${IS_LEAVING('d.user_id')} AND NOT EXISTS (
      SELECT FROM course_progress p WHERE p.user_id = d.user_id AND p.course_id = d.course_id)`,
  counted: `SELECT user_id, day, course_id, seconds, lessons_completed, last_lesson_id FROM learner_day WHERE false`,
  deletes: true,
};

/**
 * Lessons completed on the days of learners: at least as many as their live records say. More of them were completed in
 * records that are deleted, or revived, since.
 */
export const COMPLETED_LESSONS: Check = {
  name: 'completed-lessons',
  table: 'learner_day',
  keys: ['user_id', 'day', 'course_id'],
  values: sums('lessons_completed'),
  parts: [
    `
    completed AS MATERIALIZED (
      SELECT user_id, day, course_id, sum(lessons)::int AS lessons
      FROM (
        SELECT u.user_id, ${dayOf('u.completed_at')} AS day, u.course_id, 1 AS lessons
        FROM user_progress u CROSS JOIN state
        WHERE u.deleted_at IS NULL AND to_timestamp(state.first_quarter * 900::float8) <= u.completed_at
          AND ${inPortion('u.user_id')} AND NOT ${IS_LEAVING('u.user_id')}
        UNION ALL
        SELECT u, ${dayOfQuarter('t')}, c, -d FROM pending CROSS JOIN state
        WHERE k = 'l' AND d <> 0 AND t >= state.first_quarter AND ${inPortion('u')}
      ) counted CROSS JOIN state
      WHERE day >= state.counted_from
      GROUP BY user_id, day, course_id
    ),
    short AS MATERIALIZED (
      SELECT c.user_id, c.day, c.course_id, c.lessons, COALESCE(d.lessons_completed, 0) AS lessons_completed
      FROM completed c LEFT JOIN learner_day d USING (user_id, day, course_id)
      WHERE c.lessons > COALESCE(d.lessons_completed, 0)
    )`,
  ],
  stored: `SELECT user_id, day, course_id, lessons_completed FROM short`,
  counted: `SELECT user_id, day, course_id, lessons AS lessons_completed FROM short`,
  deletes: false,
};
