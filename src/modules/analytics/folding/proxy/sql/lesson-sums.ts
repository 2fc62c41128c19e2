import { addTo } from './add-to.js';

/**
 * Adds the moves to the sums of lessons, and to the rises and falls of their curves. The latter is an upsert: there are so
 * many seconds that the planner would read the whole table for an UPDATE.
 */
export const LESSON_SUMS = `
    lesson_moved AS (
      SELECT c AS course_id, l AS lesson_id, COALESCE(sum(s), 0) AS learners, COALESCE(sum(f), 0) AS completed,
             COALESCE(sum(w), 0) AS watch_seconds, COALESCE(sum(q), 0) AS unique_seconds,
             COALESCE(sum(r), 0) AS rewatched_seconds
      FROM move WHERE k = 'l' GROUP BY c, l
    ),
    second_moved AS (
      SELECT c, l, unnest(up) AS second, 1 AS seen, 0 AS again FROM move WHERE up IS NOT NULL
      UNION ALL SELECT c, l, unnest(dn), -1, 0 FROM move WHERE dn IS NOT NULL
      UNION ALL SELECT c, l, unnest(au), 0, 1 FROM move WHERE au IS NOT NULL
      UNION ALL SELECT c, l, unnest(ad), 0, -1 FROM move WHERE ad IS NOT NULL
    ),
    ${addTo('lesson', {
      table: 'analytics_lesson',
      keys: ['course_id', 'lesson_id'],
      sums: ['learners', 'completed', 'watch_seconds', 'unique_seconds', 'rewatched_seconds'],
      from: `
        SELECT * FROM lesson_moved
        WHERE learners <> 0 OR completed <> 0 OR watch_seconds <> 0 OR unique_seconds <> 0 OR rewatched_seconds <> 0
        ORDER BY course_id, lesson_id`,
    })},
    second_written AS (
      INSERT INTO analytics_second AS g (course_id, lesson_id, second, seen, again)
      SELECT c, l, second, sum(seen), sum(again) FROM second_moved
      GROUP BY c, l, second
      HAVING sum(seen) <> 0 OR sum(again) <> 0
      ORDER BY c, l, second
      ON CONFLICT (course_id, lesson_id, second) DO UPDATE SET
        seen = g.seen + excluded.seen, again = g.again + excluded.again
    )`;
