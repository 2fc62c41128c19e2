-- What somebody who picks PostGraphile writes for this service: the same update of record and rollup, in one call.
-- PL/pgSQL keeps its plans from call to call; a function in plain SQL would be planned anew each time.
CREATE FUNCTION update_lesson_watch_time(user_id text, lesson_id text, seconds integer)
RETURNS user_progress LANGUAGE plpgsql VOLATILE STRICT AS $$
#variable_conflict use_column
DECLARE
  record user_progress;
BEGIN
  UPDATE user_progress AS u
  SET watch_time_seconds = u.watch_time_seconds + $3, updated_at = now()
  WHERE u.user_id = $1 AND u.lesson_id = $2 AND u.deleted_at IS NULL
  RETURNING u.* INTO record;
  UPDATE course_progress AS p
  SET watch_time_seconds = p.watch_time_seconds + $3, last_activity_at = now()
  WHERE p.user_id = record.user_id AND p.course_id = record.course_id;
  RETURN record;
END $$;

CREATE FUNCTION course_progress_percentage(progress course_progress)
RETURNS double precision LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN progress.lessons_total = 0 THEN 0
              ELSE progress.listed_completed * 100.0 / progress.lessons_total END::float8
$$;

CREATE TYPE learner_totals AS (
  courses integer,
  lessons_completed integer,
  watch_time_hours double precision
);

CREATE FUNCTION user_progress_stats(user_id text)
RETURNS learner_totals LANGUAGE sql STABLE STRICT AS $$
  SELECT (count(*) FILTER (WHERE p.lessons_started > 0))::int,
         sum(p.lessons_completed)::int,
         round(sum(p.watch_time_seconds) / 3600.0, 2)::float8
  FROM course_progress AS p WHERE p.user_id = $1
$$;

-- Lets a list leave out deleted records, and so use the partial index made for it.
COMMENT ON COLUMN user_progress.deleted_at IS E'@behavior +attribute:filterBy';
