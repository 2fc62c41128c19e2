import { dayOf, isNotErased } from './moves-taken.js';

/**
 * Adds the moves to the days of learners; moves of quarters before $3 have no days. `latest` is an activity as a text
 * that sorts by its time: ten digits of seconds since 1970, and the lesson.
 *
 * `day_moved` has each row with `was_active`: whether the day had activity before. A learner is looked up by key
 * (LATERAL … LIMIT 1), or the planner might read all days of all learners.
 */
export const LEARNER_DAYS = `
    day_sum AS MATERIALIZED (
      SELECT u AS user_id, ${dayOf('t')} AS day, c AS course_id,
             COALESCE(sum(p), 0) AS seconds, COALESCE(sum(d), 0) AS lessons_completed,
             max(((t::bigint * 900 + a - 1)::text || l) COLLATE "C") AS latest
      FROM move
      WHERE k = 'l' AND t >= $3 AND (d <> 0 OR a > 0) AND ${isNotErased('move.u')}
      GROUP BY 1, 2, 3
    ),
    day_moved AS MATERIALIZED (
      SELECT s.user_id, s.day, s.course_id, s.seconds, s.lessons_completed,
             greatest(s.latest, b.latest COLLATE "C") AS latest,
             s.latest IS NOT NULL AS is_active, b.latest IS NOT NULL AS was_active
      FROM day_sum s
      LEFT JOIN LATERAL (
        SELECT extract(epoch FROM last_at)::bigint::text || last_lesson_id AS latest
        FROM learner_day
        WHERE user_id = s.user_id AND day = s.day AND course_id = s.course_id LIMIT 1) b ON true
    ),
    day_written AS (
      INSERT INTO learner_day AS g (
        user_id, day, course_id, seconds, lessons_completed, last_at, last_lesson_id)
      SELECT user_id, day, course_id, seconds, lessons_completed,
             to_timestamp(left(latest, 10)::float8), substr(latest, 11)
      FROM day_moved
      ORDER BY user_id, day, course_id
      ON CONFLICT (user_id, day, course_id) DO UPDATE SET
        seconds = g.seconds + excluded.seconds,
        lessons_completed = g.lessons_completed + excluded.lessons_completed,
        last_at = excluded.last_at, last_lesson_id = excluded.last_lesson_id
    ),
    day_erased AS MATERIALIZED (
      SELECT d.* FROM erased e
      CROSS JOIN LATERAL (SELECT * FROM learner_day WHERE user_id = e.user_id OFFSET 0) d
    ),
    day_deleted AS (
      DELETE FROM learner_day d USING erased e WHERE d.user_id = e.user_id
    )`;
