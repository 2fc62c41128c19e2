/** The longest window, in days: activity further away than this changes no edge. */
const REACH = 30;

/**
 * Who is active on which day, before and after: in a course, and on the platform (course ''). Days of the same learner
 * that are near enough to share a window are read with them.
 *
 * A learner counts in a window of W days from each active day on. So their stretch of windows rises on an active day
 * without another one in the W days before, and falls W days after an active day without another one in the W days
 * after. `edge_moved` is the difference of all rises and falls.
 */
export const ACTIVE_WINDOWS = `
    became_active AS MATERIALIZED (
      SELECT user_id, day, course_id FROM day_moved WHERE is_active AND NOT was_active
    ),
    day_near AS (
      SELECT w.user_id, d.day, d.course_id
      FROM (SELECT user_id, min(day) AS first, max(day) AS last FROM became_active GROUP BY user_id) w
      CROSS JOIN LATERAL (
        SELECT day, course_id FROM learner_day
        WHERE user_id = w.user_id AND day > w.first - ${REACH} AND day < w.last + ${REACH}
          AND last_at IS NOT NULL OFFSET 0) d
    ),
    presence_of_course AS (
      SELECT user_id, day, course_id, true AS had, true AS has FROM day_near
      UNION ALL SELECT user_id, day, course_id, false, true FROM became_active
      UNION ALL SELECT user_id, day, course_id, true, false FROM day_erased WHERE last_at IS NOT NULL
    ),
    presence AS MATERIALIZED (
      SELECT user_id, day, course_id, had, has FROM presence_of_course
      UNION ALL
      SELECT user_id, day, '', bool_or(had), bool_or(has) FROM presence_of_course GROUP BY user_id, day
    ),
    active_day AS (
      SELECT -1 AS sign, user_id, course_id, day FROM presence WHERE had
      UNION ALL SELECT 1, user_id, course_id, day FROM presence WHERE has
    ),
    neighbours AS (
      SELECT sign, course_id, day,
             COALESCE(day - lag(day) OVER days, ${REACH}) AS since_last,
             COALESCE(lead(day) OVER days - day, ${REACH}) AS until_next
      FROM active_day
      WINDOW days AS (PARTITION BY sign, user_id, course_id ORDER BY day)
    ),
    edge AS MATERIALIZED (
      SELECT course_id, day,
             sum(sign * (since_last >= 7)::int) AS week_begins, sum(sign * (until_next >= 7)::int) AS week_ends,
             sum(sign * (since_last >= 30)::int) AS month_begins, sum(sign * (until_next >= 30)::int) AS month_ends
      FROM neighbours GROUP BY course_id, day
    ),
    edge_moved AS (
      SELECT course_id, day, week_begins AS wau_edge, month_begins AS mau_edge FROM edge
      UNION ALL SELECT course_id, day + 7, -week_ends, 0 FROM edge
      UNION ALL SELECT course_id, day + 30, 0, -month_ends FROM edge
    )`;
