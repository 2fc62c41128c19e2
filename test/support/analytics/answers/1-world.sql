-- What the recounts are made of: the service's base tables, and what was observed where these forget.
CREATE SCHEMA recount;

-- One row: of when, and by which rules, figures are recounted.
CREATE TABLE recount.world (time_zone text, since timestamptz, since_on date, today date, least_group int);

-- What learners did, without those who were erased, since activity is known. Credited seconds: 0 for a mere beginning
-- or completion.
CREATE TABLE recount.activity (
  user_id varchar, course_id varchar, lesson_id varchar, at timestamptz, seconds bigint, day date);

-- Lessons that were completed and not reopened, also in records that were deleted since.
CREATE TABLE recount.completion (user_id varchar, course_id varchar, lesson_id varchar, at timestamptz, day date);

-- Who has a record in a course, or has completed it.
CREATE VIEW recount.learner AS
SELECT p.user_id, p.course_id, day.enrolled_on, day.completed_on,
       coalesce(latest.day, day.enrolled_on) AS last_active_on, latest.lesson_id AS last_lesson_id
FROM course_progress p
CROSS JOIN recount.world w
CROSS JOIN LATERAL (
  SELECT (p.created_at AT TIME ZONE w.time_zone)::date AS enrolled_on,
         (p.completed_at AT TIME ZONE w.time_zone)::date AS completed_on) day
LEFT JOIN LATERAL (
  SELECT a.day, a.lesson_id FROM recount.activity a
  WHERE a.user_id = p.user_id AND a.course_id = p.course_id
  ORDER BY date_trunc('second', a.at) DESC, a.lesson_id COLLATE "C" DESC
  LIMIT 1) latest ON true
WHERE p.completed_at IS NOT NULL OR EXISTS (
  SELECT FROM user_progress u
  WHERE u.user_id = p.user_id AND u.course_id = p.course_id AND u.deleted_at IS NULL);

CREATE VIEW recount.record AS SELECT * FROM user_progress WHERE deleted_at IS NULL;

-- Lessons that are listed, and those of which only records are left. A course without a list has no former ones.
CREATE VIEW recount.lesson AS
SELECT course_id, lesson_id, title, duration_seconds, true AS listed, position FROM course_lesson
UNION ALL
SELECT r.course_id, r.lesson_id, u.title, u.duration_seconds, NOT c.lessons_listed, NULL
FROM (SELECT DISTINCT course_id, lesson_id FROM recount.record) r
JOIN course c USING (course_id)
LEFT JOIN unlisted_lesson u ON u.course_id = r.course_id AND u.lesson_id = r.lesson_id
WHERE NOT EXISTS (SELECT FROM course_lesson l WHERE l.course_id = r.course_id AND l.lesson_id = r.lesson_id);

-- A part of a whole in percent, with two decimals; null where the whole is empty or too small.
CREATE FUNCTION recount.percent(part numeric, whole numeric, least_whole int) RETURNS numeric IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN whole > 0 AND whole >= least_whole THEN round(100 * part / whole, 2) END
$$;

-- From how many learners on percentages are shown.
CREATE FUNCTION recount.many() RETURNS int STABLE LANGUAGE sql AS $$
  SELECT greatest(20, least_group) FROM recount.world
$$;
