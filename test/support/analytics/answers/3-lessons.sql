-- The figures of each lesson of a course, and where it is shown.
CREATE FUNCTION recount.lessons(of_course varchar)
RETURNS TABLE (place bigint, lesson_id varchar, started bigint, stopped bigint, figures json)
STABLE LANGUAGE sql AS $$
  WITH learner AS MATERIALIZED (SELECT * FROM recount.learner WHERE course_id = of_course)
  SELECT row_number() OVER (ORDER BY listed DESC, position, lesson_id COLLATE "C"), lesson_id, started, stopped,
         json_build_object(
           'lessonId', lesson_id, 'title', title, 'listed', listed, 'duration_seconds', duration_seconds,
           'started', started, 'completed', completed, 'stopped', stopped,
           'average_coverage', CASE WHEN started >= many THEN recount.percent(least(seen, started * duration_seconds), started * duration_seconds, 1) END,
           'intro_hold', CASE WHEN duration_seconds IS NULL OR duration_seconds > 30
             THEN recount.percent(saw_30, started, many) END,
           'rewatch_ratio', CASE WHEN started >= many AND seen > 0 THEN round(again / seen, 2) END,
           'watch_time_seconds', watched)
  FROM (SELECT recount.many() AS many) m, recount.lesson l
  CROSS JOIN LATERAL (
    SELECT count(*) AS started, count(*) FILTER (WHERE completed) AS completed,
           count(*) FILTER (WHERE r.watched @> 30) AS saw_30,
           coalesce(sum(unique_seconds), 0)::numeric AS seen, coalesce(sum(rewatched_seconds), 0)::numeric AS again,
           coalesce(sum(watch_time_seconds), 0) AS watched
    FROM recount.record r WHERE r.course_id = l.course_id AND r.lesson_id = l.lesson_id) sums
  CROSS JOIN LATERAL (
    SELECT count(*) AS stopped FROM learner e, recount.world w
    WHERE e.last_lesson_id = l.lesson_id AND e.completed_on IS NULL AND w.today - e.last_active_on >= 14) silent
  WHERE l.course_id = of_course
$$;

-- The listed lesson that the largest share of its starters stopped in.
CREATE FUNCTION recount.worst_drop_off(of_course varchar) RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object('lessonId', lesson_id, 'title', figures->'title', 'stopped', stopped, 'started', started)
  FROM recount.lessons(of_course)
  WHERE (figures->>'listed')::boolean AND stopped > 0 AND started >= recount.many()
    AND 100 * started >= 5 * (SELECT count(*) FROM recount.learner WHERE course_id = of_course)
  ORDER BY stopped::numeric / started DESC, stopped DESC, place
  LIMIT 1
$$;
