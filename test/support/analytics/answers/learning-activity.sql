CREATE FUNCTION recount.learning_activity(learner varchar, first date, last date) RETURNS json STABLE LANGUAGE sql AS $$
  WITH active AS MATERIALIZED (
    SELECT day, sum(seconds) AS seconds,
           (SELECT count(*) FROM recount.completion c WHERE c.user_id = learner AND c.day = a.day) AS lessons_completed
    FROM recount.activity a WHERE user_id = learner GROUP BY day
  ),
  streak AS (
    SELECT count(*) AS days, max(day) AS ended
    FROM (SELECT day, day - row_number() OVER (ORDER BY day)::int AS run FROM active) r GROUP BY run
  )
  SELECT json_build_object(
    'userId', learner, 'time_zone', w.time_zone, 'since', w.since_on,
    'current_streak', coalesce((SELECT days FROM streak WHERE ended IN (w.today, w.today - 1)), 0),
    'longest_streak', coalesce((SELECT max(days) FROM streak), 0),
    'active_days', (SELECT count(*) FROM active WHERE day BETWEEN first AND last),
    'days', (SELECT coalesce(json_agg(a ORDER BY day), '[]') FROM active a WHERE day BETWEEN first AND last))
  FROM recount.world w
$$;
