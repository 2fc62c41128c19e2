import { addTo } from './add-to.js';
import { dayOf, isNotErased } from './moves-taken.js';

/**
 * Adds the moves to what is known of learners in courses, and to the figures that follow from it: `learner_counted` has
 * each learner's row as it was, with sign -1, and as it is now, with sign 1.
 *
 * Most moves go on in the lesson in which their learner was that day already: the row of the learner knows that.
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
        SELECT user_id, course_id, 0, NULL, NULL, latest, day FROM day_moved WHERE is_active AND is_elsewhere
      ) moved
      GROUP BY user_id, course_id
    ),
    learner_before AS (
      SELECT m.user_id, m.course_id, m.joined AS joined_by,
             ${dayOf('m.enrolled')} AS enrolled, ${dayOf('m.completed')} AS completed,
             m.latest_day, substr(m.latest, 11) COLLATE "default" AS latest_lesson_id,
             b.user_id IS NOT NULL AS is_known, b.joined, b.enrolled_on, b.completed_on, b.last_active_on, b.last_lesson_id
      FROM learner_moved m
      LEFT JOIN LATERAL (
        SELECT * FROM analytics_learner
        WHERE user_id = m.user_id AND course_id = m.course_id LIMIT 1) b ON true
    ),
    learner_after AS MATERIALIZED (
      SELECT user_id, course_id, is_known, joined, enrolled_on, completed_on,
             CASE WHEN is_later THEN latest_day ELSE COALESCE(last_active_on, enrolled_on) END AS last_active_on,
             CASE WHEN is_later THEN latest_lesson_id ELSE COALESCE(last_lesson_id, '') END AS last_lesson_id,
             joined_was, enrolled_was, completed_was, last_active_on AS active_was, last_lesson_id AS lesson_was
      FROM (
        SELECT user_id, course_id, is_known, COALESCE(joined, 0) + joined_by AS joined,
               COALESCE(enrolled_on, enrolled) AS enrolled_on, least(completed_on, completed) AS completed_on,
               last_active_on, last_lesson_id, latest_day, latest_lesson_id,
               joined AS joined_was, enrolled_on AS enrolled_was, completed_on AS completed_was,
               latest_day IS NOT NULL
                 AND (NOT is_known OR last_lesson_id = '' OR latest_day >= last_active_on) AS is_later
        FROM learner_before
        WHERE NOT is_known OR joined_by <> 0
           OR (enrolled_on IS NULL AND enrolled IS NOT NULL) OR least(completed_on, completed) IS DISTINCT FROM completed_on
           OR last_lesson_id = '' OR latest_day > last_active_on
           OR (latest_day = last_active_on AND latest_lesson_id <> last_lesson_id)
      ) moved
    ),
    learner_changed AS (
      UPDATE analytics_learner g SET
        joined = a.joined, enrolled_on = a.enrolled_on, completed_on = a.completed_on,
        last_active_on = a.last_active_on, last_lesson_id = a.last_lesson_id
      FROM learner_after a WHERE a.is_known AND g.user_id = a.user_id AND g.course_id = a.course_id
    ),
    learner_made AS (
      INSERT INTO analytics_learner (
        user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id)
      SELECT user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id
      FROM learner_after WHERE NOT is_known
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
        SELECT -1 AS sign, course_id, joined_was AS joined, enrolled_was AS enrolled_on, completed_was AS completed_on,
               active_was AS last_active_on, lesson_was AS last_lesson_id
        FROM learner_after WHERE is_known
        UNION ALL
        SELECT -1, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id FROM learner_erased
        UNION ALL
        SELECT 1, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id FROM learner_after
      ) counted
      WHERE joined > 0
    ),
    ${addTo('silence', {
      table: 'analytics_silence',
      keys: ['course_id', 'last_active_on', 'last_lesson_id'],
      sums: ['learners'],
      from: `
        SELECT course_id, last_active_on, last_lesson_id, sum(sign) AS learners FROM learner_counted
        WHERE completed_on IS NULL
        GROUP BY course_id, last_active_on, last_lesson_id
        HAVING sum(sign) <> 0
        ORDER BY course_id, last_active_on, last_lesson_id`,
    })},
    ${addTo('cohort', {
      table: 'analytics_cohort',
      keys: ['course_id', 'enrolled_week', 'days_to_complete'],
      sums: ['learners'],
      from: `
        SELECT course_id, date_trunc('week', enrolled_on)::date AS enrolled_week,
               CASE WHEN completed_on IS NULL THEN -1 ELSE greatest(0, completed_on - enrolled_on) END AS days_to_complete,
               sum(sign) AS learners
        FROM learner_counted
        GROUP BY 1, 2, 3
        HAVING sum(sign) <> 0
        ORDER BY 1, 2, 3`,
    })}`;
