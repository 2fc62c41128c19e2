CREATE FUNCTION recount.lesson_analytics(of_course varchar, of_lesson varchar, points int) RETURNS json STABLE LANGUAGE sql AS $$
  WITH RECURSIVE record AS MATERIALIZED (
    SELECT watched, watched_again FROM recount.record WHERE course_id = of_course AND lesson_id = of_lesson
  ),
  lesson AS MATERIALIZED (
    SELECT duration_seconds, learners, learners < least_group AS withheld,
           -- While its length is not known, it ends where nobody saw more.
           coalesce(duration_seconds, (SELECT max(upper(watched)) FROM record), 0) AS length
    FROM recount.lesson, recount.world, (SELECT count(*) AS learners FROM record) records
    WHERE course_id = of_course AND lesson_id = of_lesson
  ),
  second AS MATERIALIZED (
    SELECT s, count(*) FILTER (WHERE watched @> s) AS saw, count(*) FILTER (WHERE watched_again @> s) AS again
    FROM lesson CROSS JOIN generate_series(0, length - 1) s CROSS JOIN record
    WHERE NOT withheld GROUP BY s
  ),
  point AS (
    SELECT s / size AS n, round(100.0 * sum(saw) / (count(*) * min(learners)), 2) AS seen,
           recount.percent(sum(again), sum(saw), 1) AS replayed
    FROM second, lesson, LATERAL (SELECT greatest(1, ceil(length::numeric / points)::int) AS size) p
    GROUP BY s / size
  ),
  share AS MATERIALIZED (SELECT *, recount.percent(again, saw, 1) AS share FROM second),
  usual AS (
    SELECT avg(share) AS median FROM (
      SELECT share, row_number() OVER (ORDER BY share) AS n, count(*) OVER () AS of FROM share WHERE share IS NOT NULL) ranked
    WHERE n IN ((of + 1) / 2, of / 2 + 1)
  ),
  deviation AS (
    SELECT avg(away) AS median FROM (
      SELECT away, row_number() OVER (ORDER BY away) AS n, count(*) OVER () AS of
      FROM (SELECT abs(share - median) AS away FROM share, usual WHERE share IS NOT NULL) a) ranked
    WHERE n IN ((of + 1) / 2, of / 2 + 1)
  ),
  hot AS (
    SELECT s, saw, again, s - row_number() OVER (ORDER BY s) AS run
    FROM share, usual, deviation, recount.world
    WHERE again >= least_group AND share >= usual.median + greatest(5, 2 * deviation.median)
  ),
  hotspot AS (
    SELECT min(s) AS "from", max(s) + 1 AS "to", recount.percent(sum(again), sum(saw), 1) AS share
    FROM hot GROUP BY run HAVING count(*) >= 3 ORDER BY share DESC, min(s) LIMIT 3
  ),
  fall AS MATERIALIZED (
    SELECT a.s AS start, a.saw - b.saw AS lost
    FROM second a JOIN second b ON b.s = a.s + 5, lesson, recount.world
    WHERE b.s <= floor(length * 0.95) AND a.saw - b.saw >= least_group AND 100 * (a.saw - b.saw) >= 5 * learners
  ),
  -- One after the other, the largest that overlaps none of those before.
  picked AS (
    SELECT ARRAY[]::int[] AS starts
    UNION ALL
    SELECT starts || next.start FROM picked, LATERAL (
      SELECT start FROM fall WHERE NOT EXISTS (SELECT FROM unnest(starts) p WHERE abs(p - start) < 5)
      ORDER BY lost DESC, start LIMIT 1) next
    WHERE cardinality(starts) < 3
  ),
  leave_point AS (
    SELECT n, lost, start, (
        SELECT b.s FROM second a JOIN second b ON b.s = a.s + 1
        WHERE a.s BETWEEN start AND start + 4 ORDER BY a.saw - b.saw DESC, b.s LIMIT 1) AS at
    FROM (SELECT starts FROM picked ORDER BY cardinality(starts) DESC LIMIT 1) p,
         unnest(starts) WITH ORDINALITY u (start, n) JOIN fall USING (start)
  )
  SELECT json_build_object(
    'time_zone', w.time_zone, 'since', w.since_on,
    'learners', learners, 'duration_seconds', duration_seconds, 'withheld', withheld,
    'seconds_per_point', CASE WHEN withheld THEN 1 ELSE greatest(1, ceil(length::numeric / points)) END,
    'seen', (SELECT coalesce(json_agg(seen ORDER BY n), '[]') FROM point),
    'replayed', (SELECT coalesce(json_agg(replayed ORDER BY n), '[]') FROM point),
    'hotspots', (SELECT coalesce(json_agg(h ORDER BY share DESC, "from"), '[]') FROM hotspot h),
    'leave_points', (SELECT coalesce(json_agg(json_build_object('at', at, 'from', start, 'to', start + 5, 'lost', lost) ORDER BY n), '[]') FROM leave_point),
    'lesson', (SELECT figures FROM recount.lessons(of_course) l WHERE l.lesson_id = of_lesson))
  FROM lesson, recount.world w
$$;
