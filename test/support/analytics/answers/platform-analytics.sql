CREATE FUNCTION recount.platform_analytics(first date, last date) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT recount.periods(NULL, first, last) || jsonb_build_object(
    'time_zone', w.time_zone, 'since', w.since_on,
    'top_courses', (
      SELECT coalesce(json_agg(json_build_object(
          'courseId', course_id, 'title', (SELECT title FROM course c WHERE c.course_id = top.course_id),
          'watch_time_seconds', watched,
          'enrolled', (SELECT count(*) FROM recount.learner l
                       WHERE l.course_id = top.course_id AND l.enrolled_on BETWEEN first AND last),
          'courses_completed', (SELECT count(*) FROM recount.learner l
                                WHERE l.course_id = top.course_id AND l.completed_on BETWEEN first AND last))
        ORDER BY watched DESC, course_id), '[]')
      FROM (
        SELECT course_id, sum(seconds) AS watched FROM recount.activity WHERE day BETWEEN first AND last
        GROUP BY course_id HAVING sum(seconds) > 0 ORDER BY watched DESC, course_id LIMIT 10) top))
  FROM recount.world w
$$;
