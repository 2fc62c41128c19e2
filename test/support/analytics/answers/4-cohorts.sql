-- The cohorts of a course that have a day in the period.
CREATE FUNCTION recount.cohorts(of_course varchar, first date, last date) RETURNS json STABLE LANGUAGE sql AS $$
  WITH RECURSIVE learner AS MATERIALIZED (
    SELECT enrolled_on - (extract(isodow FROM enrolled_on)::int - 1) AS week, enrolled_on, completed_on
    FROM recount.learner WHERE course_id = of_course
  ),
  week AS MATERIALIZED (
    SELECT week, count(*) AS learners, row_number() OVER (ORDER BY week) AS n FROM learner GROUP BY week
  ),
  -- A week is joined to those before it, until they are enough.
  gathered AS (
    SELECT n, week, learners, 1 AS cohort FROM week WHERE n = 1
    UNION ALL
    SELECT w.n, w.week,
           CASE WHEN g.learners >= least_group THEN w.learners ELSE g.learners + w.learners END,
           CASE WHEN g.learners >= least_group THEN g.cohort + 1 ELSE g.cohort END
    FROM gathered g JOIN week w ON w.n = g.n + 1, recount.world
  ),
  -- The last ones, if they are too few, to the cohort before.
  placed AS (
    SELECT g.week,
           CASE WHEN g.cohort = last.cohort AND last.learners < least_group THEN greatest(1, g.cohort - 1) ELSE g.cohort END AS cohort
    FROM gathered g, recount.world, (SELECT cohort, learners FROM gathered ORDER BY n DESC LIMIT 1) last
  ),
  joined AS (
    SELECT cohort, min(week) AS week, max(week) AS last_week FROM placed GROUP BY cohort
  )
  SELECT coalesce(json_agg(shown ORDER BY week), '[]')
  FROM (
    SELECT j.week, j.last_week, count(*) AS learners,
           (SELECT json_agg(json_build_object('weeks', weeks, 'learners',
              -- So many weeks have passed also for those who enrolled on the Sunday of the last week.
              CASE WHEN min(w.today) > j.last_week + 6 + 7 * weeks
                   THEN (SELECT count(*) FROM learner e WHERE e.week BETWEEN j.week AND j.last_week
                           AND e.completed_on <= e.enrolled_on + 7 * weeks) END))
            FROM unnest(ARRAY[1, 2, 4, 8, 12]) weeks) AS within
    FROM joined j JOIN learner l ON l.week BETWEEN j.week AND j.last_week CROSS JOIN recount.world w
    WHERE j.week <= last AND j.last_week + 6 >= first
    GROUP BY j.week, j.last_week
    HAVING count(*) >= min(w.least_group)) shown
$$;
