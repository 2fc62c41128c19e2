import { dayOf, isNotErased } from './moves-taken.js';

/**
 * Adds the moves to the days of learners; moves of quarters before $3 have no days. `latest` is an activity as a text
 * that sorts by its time: ten digits of seconds since 1970, and the lesson.
 *
 * `day_moved` has each row with `was_active`: whether the day had activity before; `is_elsewhere`: whether the latest
 * of the moves is in another lesson than that; `is_known`: whether there is a row. A learner is looked up by key
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
             s.latest IS NOT NULL AS is_active, b.latest IS NOT NULL AS was_active,
             substr(s.latest, 11) IS DISTINCT FROM substr(b.latest, 11) AS is_elsewhere, b.user_id IS NOT NULL AS is_known
      FROM day_sum s
      LEFT JOIN LATERAL (
        SELECT user_id, extract(epoch FROM last_at)::bigint::text || last_lesson_id AS latest
        FROM learner_day
        WHERE user_id = s.user_id AND day = s.day AND course_id = s.course_id LIMIT 1) b ON true
    ),
    day_changed AS (
      UPDATE learner_day g SET
        seconds = g.seconds + m.seconds, lessons_completed = g.lessons_completed + m.lessons_completed,
        last_at = to_timestamp(left(m.latest, 10)::float8), last_lesson_id = substr(m.latest, 11)
      FROM day_moved m
      WHERE m.is_known AND g.user_id = m.user_id AND g.day = m.day AND g.course_id = m.course_id
    ),
    day_made AS (
      INSERT INTO learner_day (
        user_id, day, course_id, seconds, lessons_completed, last_at, last_lesson_id)
      SELECT user_id, day, course_id, seconds, lessons_completed,
             to_timestamp(left(latest, 10)::float8), substr(latest, 11)
      FROM day_moved WHERE NOT is_known
    ),
    day_erased AS MATERIALIZED (
      SELECT d.* FROM erased e
      CROSS JOIN LATERAL (SELECT * FROM learner_day WHERE user_id = e.user_id OFFSET 0) d
    ),
    day_deleted AS (
      DELETE FROM learner_day d USING erased e WHERE d.user_id = e.user_id
    )`;
