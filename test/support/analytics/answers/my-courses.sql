-- All courses that somebody teaches, in the order that is asked for.
CREATE FUNCTION recount.my_courses(teacher varchar, order_by text) RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object('time_zone', min(time_zone), 'since', min(since_on), 'nodes', json_agg(json_build_object(
      'courseId', course_id, 'title', title,
      'being_evaluated', EXISTS (SELECT FROM course_evaluation e WHERE e.course_id = taught.course_id),
      'learners', learners, 'completers', completers,
      'completion_rate', recount.percent(completers, learners, recount.many()),
      'at_risk', at_risk,
      'worst_drop_off', recount.worst_drop_off(course_id),
      'weeks', (
        SELECT json_agg(json_build_object(
          'week', monday, 'enrolled', enrolled, 'watch_time_seconds', watched) ORDER BY monday)
        FROM recount.world w,
             generate_series(0, 7) ago,
             LATERAL (SELECT date_trunc('week', w.today)::date - 7 * ago AS monday) m,
             LATERAL (
               SELECT count(*) AS enrolled FROM recount.learner l
               WHERE l.course_id = taught.course_id AND l.enrolled_on >= monday AND l.enrolled_on < monday + 7) e,
             LATERAL (
               SELECT CASE WHEN monday >= w.since_on THEN coalesce(sum(seconds), 0) END AS watched FROM recount.activity a
               WHERE a.course_id = taught.course_id AND a.day >= monday AND a.day < monday + 7) s))
    ORDER BY CASE order_by WHEN 'LEARNERS_DESC' THEN -learners WHEN 'AT_RISK_DESC' THEN -at_risk END,
             CASE WHEN order_by = 'TITLE_ASC' THEN lower(coalesce(title, '')) END,
             course_id))
  FROM (
    SELECT c.course_id, c.title, w.time_zone, w.since_on, count(l.user_id) AS learners, count(l.completed_on) AS completers,
           count(*) FILTER (WHERE l.user_id IS NOT NULL AND l.completed_on IS NULL
             AND w.today - l.last_active_on BETWEEN 14 AND 90) AS at_risk
    FROM course c CROSS JOIN recount.world w LEFT JOIN recount.learner l USING (course_id)
    WHERE c.instructor_id = teacher
    GROUP BY c.course_id, c.title, w.time_zone, w.since_on) taught
$$;
