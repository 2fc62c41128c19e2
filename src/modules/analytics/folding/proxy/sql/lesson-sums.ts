/** Adds the moves to the sums of lessons, and to the rises and falls of their curves. */
export const LESSON_SUMS = `
    lesson_moved AS (
      SELECT c, l, COALESCE(sum(s), 0) AS s, COALESCE(sum(f), 0) AS f,
             COALESCE(sum(w), 0) AS w, COALESCE(sum(q), 0) AS q, COALESCE(sum(r), 0) AS r
      FROM move WHERE k = 'l' GROUP BY c, l
    ),
    lesson_written AS (
      INSERT INTO analytics_lesson AS g (
        course_id, lesson_id, learners, completed, watch_seconds, unique_seconds, rewatched_seconds)
      SELECT c, l, s, f, w, q, r FROM lesson_moved
      WHERE s <> 0 OR f <> 0 OR w <> 0 OR q <> 0 OR r <> 0
      ORDER BY c, l
      ON CONFLICT (course_id, lesson_id) DO UPDATE SET
        learners = g.learners + excluded.learners,
        completed = g.completed + excluded.completed,
        watch_seconds = g.watch_seconds + excluded.watch_seconds,
        unique_seconds = g.unique_seconds + excluded.unique_seconds,
        rewatched_seconds = g.rewatched_seconds + excluded.rewatched_seconds
    ),
    second_moved AS (
      SELECT c, l, unnest(up) AS second, 1 AS seen, 0 AS again FROM move WHERE up IS NOT NULL
      UNION ALL SELECT c, l, unnest(dn), -1, 0 FROM move WHERE dn IS NOT NULL
      UNION ALL SELECT c, l, unnest(au), 0, 1 FROM move WHERE au IS NOT NULL
      UNION ALL SELECT c, l, unnest(ad), 0, -1 FROM move WHERE ad IS NOT NULL
    ),
    second_written AS (
      INSERT INTO analytics_second AS g (course_id, lesson_id, second, seen, again)
      SELECT c, l, second, sum(seen), sum(again) FROM second_moved
      GROUP BY c, l, second
      HAVING sum(seen) <> 0 OR sum(again) <> 0
      ORDER BY c, l, second
      ON CONFLICT (course_id, lesson_id, second) DO UPDATE SET
        seen = g.seen + excluded.seen, again = g.again + excluded.again
    )`;
