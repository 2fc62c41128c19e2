-- Each day from `first` to `last` of a course, or of the platform (null).
CREATE FUNCTION recount.days(of_course varchar, first date, last date)
RETURNS TABLE (
  day date, enrolled bigint, active bigint, watch_time_seconds bigint, lessons_completed bigint,
  courses_completed bigint, certificates_issued bigint, weekly_active bigint, monthly_active bigint)
STABLE LANGUAGE sql AS $$
  WITH learner AS MATERIALIZED (
    SELECT * FROM recount.learner WHERE of_course IS NULL OR course_id = of_course
  ),
  activity AS MATERIALIZED (
    SELECT * FROM recount.activity WHERE of_course IS NULL OR course_id = of_course
  )
  SELECT d.day,
         (SELECT count(*) FROM learner WHERE enrolled_on = d.day),
         CASE WHEN known THEN (SELECT count(DISTINCT user_id) FROM activity a WHERE a.day = d.day) END,
         CASE WHEN known THEN (SELECT coalesce(sum(seconds), 0) FROM activity a WHERE a.day = d.day) END,
         CASE WHEN known THEN (
           SELECT count(*) FROM recount.completion c
           WHERE c.day = d.day AND (of_course IS NULL OR c.course_id = of_course)) END,
         (SELECT count(*) FROM learner WHERE completed_on = d.day),
         (SELECT count(*) FROM certificate c, recount.world w
          WHERE c.status = 'ISSUED' AND (c.issued_at AT TIME ZONE w.time_zone)::date = d.day
            AND (of_course IS NULL OR c.course_id = of_course)),
         CASE WHEN known THEN (
           SELECT count(DISTINCT user_id) FROM activity a WHERE a.day > d.day - 7 AND a.day <= d.day) END,
         CASE WHEN known THEN (
           SELECT count(DISTINCT user_id) FROM activity a WHERE a.day > d.day - 30 AND a.day <= d.day) END
  FROM (
    SELECT n AS day, n >= since_on AS known
    FROM recount.world, (SELECT first + i AS n FROM generate_series(0, last - first) i) days) d
  ORDER BY d.day
$$;

-- The days `first` to `last`, their headline, and that of as many days before; and both again without their last day if
-- `last` is today, which is not over.
CREATE FUNCTION recount.periods(of_course varchar, first date, last date) RETURNS jsonb STABLE LANGUAGE sql AS $$
  WITH day AS MATERIALIZED (SELECT * FROM recount.days(of_course, first - (last - first) - 1, last)),
  headline AS (
    SELECT name, whole, jsonb_build_object(
      'from', "from", 'to', "to",
      'enrolled', sum(enrolled),
      'monthly_active', (SELECT monthly_active FROM day WHERE day = "to"),
      'courses_completed', sum(courses_completed),
      'watch_time_seconds', CASE WHEN "from" >= since_on THEN sum(watch_time_seconds) END) AS figures
    FROM recount.world,
         (VALUES ('period', first, last), ('period_before', first - (last - first) - 1, first - 1)) p (name, "from", until),
         (VALUES (false), (true)) w (whole),
         LATERAL (SELECT until - (whole AND last = today)::int AS "to") ending, day
    WHERE day.day BETWEEN "from" AND "to"
    GROUP BY name, whole, "from", "to", since_on)
  SELECT (SELECT jsonb_object_agg(name, figures) FROM headline WHERE NOT whole) || jsonb_build_object(
    'whole_days', (SELECT jsonb_object_agg(name, figures) FROM headline WHERE whole),
    'days', (SELECT jsonb_agg(d ORDER BY d.day) FROM day d WHERE d.day >= first))
$$;
