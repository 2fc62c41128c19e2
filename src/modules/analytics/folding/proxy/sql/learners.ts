import { dayOf, isNotErased } from './moves-taken.js';

/**
 * Adds the moves to what is known of learners in courses, and to the figures that follow from it: `learner_counted` has
 * each learner's row as it was, with sign -1, and as it is now, with sign 1.
 *
 * A course may be told to be completed twice: now, and when its last lesson was. The earlier one counts.
 */
export const LEARNERS = `
    learner_moved AS (
      SELECT user_id, course_id, sum(joined) AS joined, min(enrolled) AS enrolled, min(completed) AS completed,
             max(latest) AS latest, max(latest_day) AS latest_day
      FROM (
        SELECT u AS user_id, c AS course_id, COALESCE(j, 0) AS joined, e AS enrolled, x AS completed,
               NULL COLLATE "C" AS latest, NULL::date AS latest_day
        FROM move WHERE k = 'c' AND ${isNotErased('move.u')}
        UNION ALL
        SELECT user_id, course_id, 0, NULL, NULL, latest, day FROM day_moved WHERE is_active
      ) moved
      GROUP BY user_id, course_id
    ),
    learner_before AS MATERIALIZED (
      SELECT m.user_id, m.course_id, m.joined AS joined_by,
             ${dayOf('m.enrolled')} AS enrolled, ${dayOf('m.completed')} AS completed,
             m.latest_day, substr(m.latest, 11) AS latest_lesson_id,
             b.user_id IS NOT NULL AS is_known, b.joined, b.enrolled_on, b.completed_on, b.last_active_on, b.last_lesson_id
      FROM learner_moved m
      LEFT JOIN LATERAL (
        SELECT * FROM analytics_learner
        WHERE user_id = m.user_id AND course_id = m.course_id LIMIT 1) b ON true
    ),
    learner_after AS MATERIALIZED (
      SELECT user_id, course_id, joined, enrolled_on, completed_on,
             CASE WHEN is_later THEN latest_day ELSE COALESCE(last_active_on, enrolled_on) END AS last_active_on,
             CASE WHEN is_later THEN latest_lesson_id ELSE COALESCE(last_lesson_id, '') END AS last_lesson_id
      FROM (
        SELECT user_id, course_id, COALESCE(joined, 0) + joined_by AS joined,
               COALESCE(enrolled_on, enrolled) AS enrolled_on, least(completed_on, completed) AS completed_on,
               last_active_on, last_lesson_id, latest_day, latest_lesson_id,
               latest_day IS NOT NULL
                 AND (NOT is_known OR last_lesson_id = '' OR latest_day >= last_active_on) AS is_later
        FROM learner_before
        WHERE NOT is_known OR joined_by <> 0
           OR (enrolled_on IS NULL AND enrolled IS NOT NULL) OR least(completed_on, completed) IS DISTINCT FROM completed_on
           OR last_lesson_id = '' OR latest_day > last_active_on
           OR (latest_day = last_active_on AND latest_lesson_id <> last_lesson_id)
      ) moved
    ),
    learner_written AS (
      INSERT INTO analytics_learner AS g (
        user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id)
      SELECT user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id
      FROM learner_after
      ORDER BY user_id, course_id
      ON CONFLICT (user_id, course_id) DO UPDATE SET
        joined = excluded.joined, enrolled_on = excluded.enrolled_on, completed_on = excluded.completed_on,
        last_active_on = excluded.last_active_on, last_lesson_id = excluded.last_lesson_id
    ),
    learner_erased AS MATERIALIZED (
      SELECT l.* FROM erased e
      CROSS JOIN LATERAL (SELECT * FROM analytics_learner WHERE user_id = e.user_id OFFSET 0) l
    ),
    learner_deleted AS (
      DELETE FROM analytics_learner l USING erased e WHERE l.user_id = e.user_id
    ),
    learner_counted AS MATERIALIZED (
      SELECT * FROM (
        SELECT -1 AS sign, b.course_id, b.joined, b.enrolled_on, b.completed_on, b.last_active_on, b.last_lesson_id
        FROM learner_before b JOIN learner_after a ON a.user_id = b.user_id AND a.course_id = b.course_id
        WHERE b.is_known
        UNION ALL
        SELECT -1, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id FROM learner_erased
        UNION ALL
        SELECT 1, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id FROM learner_after
      ) counted
      WHERE joined > 0
    ),
    silence_written AS (
      INSERT INTO analytics_silence AS g (course_id, last_active_on, last_lesson_id, learners)
      SELECT course_id, last_active_on, last_lesson_id, sum(sign) FROM learner_counted
      WHERE completed_on IS NULL
      GROUP BY course_id, last_active_on, last_lesson_id
      HAVING sum(sign) <> 0
      ORDER BY course_id, last_active_on, last_lesson_id
      ON CONFLICT (course_id, last_active_on, last_lesson_id) DO UPDATE SET learners = g.learners + excluded.learners
    ),
    cohort_written AS (
      INSERT INTO analytics_cohort AS g (course_id, enrolled_week, days_to_complete, learners)
      SELECT course_id, date_trunc('week', enrolled_on)::date,
             CASE WHEN completed_on IS NULL THEN -1 ELSE greatest(0, completed_on - enrolled_on) END, sum(sign)
      FROM learner_counted
      GROUP BY 1, 2, 3
      HAVING sum(sign) <> 0
      ORDER BY 1, 2, 3
      ON CONFLICT (course_id, enrolled_week, days_to_complete) DO UPDATE SET learners = g.learners + excluded.learners
    )`;
