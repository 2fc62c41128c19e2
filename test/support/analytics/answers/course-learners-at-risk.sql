-- All of them, those who were active latest first.
CREATE FUNCTION recount.course_learners_at_risk(of_course varchar, silent_days int) RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object('time_zone', min(w.time_zone), 'total_learners', count(l.user_id), 'nodes', coalesce(json_agg(json_build_object(
    'userId', l.user_id, 'last_active_on', l.last_active_on,
    'last_lesson', CASE WHEN l.last_lesson_id IS NOT NULL THEN json_build_object('lessonId', l.last_lesson_id, 'title', (
      SELECT title FROM (
        SELECT title FROM course_lesson c WHERE c.course_id = of_course AND c.lesson_id = l.last_lesson_id
        UNION ALL
        SELECT title FROM unlisted_lesson u WHERE u.course_id = of_course AND u.lesson_id = l.last_lesson_id) t LIMIT 1)) END,
    'completed_lessons', (
      SELECT count(*) FROM recount.record r JOIN course_lesson c USING (course_id, lesson_id)
      WHERE r.user_id = l.user_id AND r.course_id = of_course AND r.completed),
    'total_lessons', (SELECT count(*) FROM course_lesson WHERE course_id = of_course))
    ORDER BY l.last_active_on DESC, l.user_id DESC) FILTER (WHERE l.user_id IS NOT NULL), '[]'))
  FROM recount.world w LEFT JOIN recount.learner l
    ON l.course_id = of_course AND l.completed_on IS NULL
    AND w.today - l.last_active_on >= silent_days AND w.today - l.last_active_on <= 90
$$;
