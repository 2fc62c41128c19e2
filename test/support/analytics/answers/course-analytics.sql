CREATE FUNCTION recount.course_analytics(of_course varchar, first date, last date) RETURNS jsonb STABLE LANGUAGE sql AS $$
  WITH learner AS MATERIALIZED (
    SELECT l.*, today - last_active_on AS silent_days, greatest(0, completed_on - enrolled_on) AS days,
           today - enrolled_on >= 30 AS settled
    FROM recount.learner l, recount.world WHERE course_id = of_course
  ),
  completer AS (SELECT * FROM learner WHERE completed_on IS NOT NULL),
  counted AS (
    SELECT count(*) AS learners, count(completed_on) AS completers,
           count(*) FILTER (WHERE settled) AS settled, count(completed_on) FILTER (WHERE settled) AS settled_completers,
           count(*) FILTER (WHERE completed_on IS NULL AND silent_days >= 14 AND silent_days <= 90) AS at_risk,
           count(*) FILTER (WHERE completed_on IS NULL AND silent_days > 90) AS lost
    FROM learner
  ),
  times AS (
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90
    FROM completer, recount.world GROUP BY least_group HAVING count(*) >= least_group
  ),
  histogram AS (
    SELECT least(365, days) AS days, count(*) AS learners FROM completer WHERE EXISTS (SELECT FROM times) GROUP BY 1
  )
  SELECT jsonb_build_object(
    'courseId', c.course_id, 'title', c.title,
    'being_evaluated', EXISTS (SELECT FROM course_evaluation e WHERE e.course_id = of_course),
    'time_zone', w.time_zone, 'since', w.since_on,
    'learners', learners, 'completers', completers,
    'completion_rate', recount.percent(completers, learners, recount.many()),
    'completion_rate_settled', recount.percent(settled_completers, settled, recount.many()),
    'median_days_to_complete', (SELECT median FROM times),
    'p90_days_to_complete', (SELECT p90 FROM times),
    'days_to_complete', (SELECT coalesce(json_agg(h ORDER BY days), '[]') FROM histogram h),
    'at_risk', at_risk, 'lost', lost,
    'certificates_issued', (SELECT count(*) FROM certificate WHERE course_id = of_course AND status = 'ISSUED'),
    'watch_time_seconds', (SELECT coalesce(sum(watch_time_seconds), 0) FROM recount.record WHERE course_id = of_course),
    'worst_drop_off', recount.worst_drop_off(of_course),
    'lessons', (SELECT coalesce(json_agg(figures ORDER BY place), '[]') FROM recount.lessons(of_course)),
    'cohorts', recount.cohorts(of_course, first, last)) || recount.periods(of_course, first, last)
  FROM counted, recount.world w, course c WHERE c.course_id = of_course
$$;
