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

/**
 * `learner`: what is stored of the rollups, and what is known beside; `record`: the latest record where the activity is
 * not known otherwise. They are materialized, since Citus joins no table of the coordinator with one in shards.
 */
const LEARNER = `
    learner AS MATERIALIZED (
      SELECT r.user_id, r.course_id, r.enrolled_on, r.completed_on, r.learners - COALESCE(p.joined, 0) AS joined,
             p.user_id IS NOT NULL AS is_moved, p.completed_on AS completed_by_moves,
             d.day, d.last_at, d.last_lesson_id AS day_lesson_id,
             s.user_id IS NOT NULL AS is_stored, s.enrolled_on AS is_enrolled_on, s.completed_on AS is_completed_on,
             s.last_active_on AS is_active_on, s.last_lesson_id AS is_lesson_id,
             COALESCE(${ACTIVITY_HOLDS}, false) AS holds
      FROM rollup r
      CROSS JOIN state
      LEFT JOIN analytics_learner s ON s.user_id = r.user_id AND s.course_id = r.course_id
      LEFT JOIN pending_learner p ON p.user_id = r.user_id AND p.course_id = r.course_id
      LEFT JOIN latest_day d ON d.user_id = r.user_id AND d.course_id = r.course_id
    ),
    unknown AS MATERIALIZED (
      SELECT user_id, course_id, state.built_at, state.told_by_days_from
      FROM learner CROSS JOIN state WHERE NOT holds
    ),
    record AS MATERIALIZED (
      SELECT DISTINCT ON (u.user_id, u.course_id) u.user_id, u.course_id, u.lesson_id,
             least(u.updated_at, k.told_by_days_from) AS active_at
      FROM unknown k JOIN user_progress u ON u.user_id = k.user_id AND u.course_id = k.course_id
      WHERE ${inPortion('u.user_id')} AND u.deleted_at IS NULL AND (k.built_at IS NULL OR u.updated_at <= k.built_at)
      ORDER BY u.user_id, u.course_id, u.updated_at DESC, u.lesson_id COLLATE "C" DESC
    )`;

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
  parts: [ROLLUP, PENDING_LEARNER, LATEST_DAY, LEARNER],
  stored: `
    SELECT * FROM analytics_learner l WHERE ${inPortion('l.user_id')} AND NOT ${IS_LEAVING('l.user_id')}`,
  counted: `
    SELECT l.user_id, l.course_id, l.joined,
           CASE WHEN NOT l.is_stored OR l.is_enrolled_on IS NOT NULL OR NOT l.is_moved THEN l.enrolled_on END AS enrolled_on,
           CASE WHEN l.is_stored AND least(l.is_completed_on, l.completed_by_moves) IS NOT DISTINCT FROM l.completed_on
                THEN l.is_completed_on ELSE l.completed_on END AS completed_on,
           CASE WHEN l.holds THEN l.is_active_on
                WHEN is_later.record THEN ${dayOf('record.active_at')}
                ELSE COALESCE(l.day, l.enrolled_on) END AS last_active_on,
           CASE WHEN l.holds THEN l.is_lesson_id
                WHEN is_later.record THEN record.lesson_id
                ELSE COALESCE(l.day_lesson_id, '') END AS last_lesson_id
    FROM learner l
    CROSS JOIN state
    LEFT JOIN record ON record.user_id = l.user_id AND record.course_id = l.course_id
    CROSS JOIN LATERAL (
      SELECT record.active_at IS NOT NULL AND (l.last_at IS NULL OR record.active_at > l.last_at) AS record) is_later
    WHERE l.is_stored OR l.joined <> 0`,
  deletes: true,
};

/** Days of learners without a rollup in the course: they were erased. */
export const STRAY_DAYS: Check = {
  name: 'stray-days',
  table: 'learner_day',
  keys: ['user_id', 'day', 'course_id'],
  values: { seconds: '0', lessons_completed: '0', last_lesson_id: 'NULL::varchar' },
  parts: [
    `
    enrolled AS MATERIALIZED (
      SELECT user_id, course_id FROM course_progress WHERE ${inPortion('user_id')}
    )`,
  ],
  stored: `
    SELECT d.* FROM learner_day d
    WHERE ${inPortion('d.user_id')} AND NOT ${IS_LEAVING('d.user_id')} AND NOT EXISTS (
      SELECT FROM enrolled p WHERE p.user_id = d.user_id AND p.course_id = d.course_id)`,
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
