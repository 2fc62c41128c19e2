import { sums, type Check } from './check.js';
import { inPortion } from './common.js';

const VALUES = sums(
  'learners',
  'completed',
  'watch_seconds',
  'unique_seconds',
  'rewatched_seconds',
);

const RECORD = `
    record AS (
      SELECT * FROM user_progress WHERE deleted_at IS NULL AND ${inPortion('lesson_id')}
    )`;

/** The sums of lessons, from their live records. */
export const LESSONS: Check = {
  name: 'lessons',
  table: 'analytics_lesson',
  keys: ['course_id', 'lesson_id'],
  values: VALUES,
  parts: [RECORD],
  stored: `SELECT * FROM analytics_lesson WHERE ${inPortion('lesson_id')}`,
  counted: `
    SELECT course_id, lesson_id, sum(learners) AS learners, sum(completed) AS completed, sum(watch) AS watch_seconds,
           sum(seen) AS unique_seconds, sum(again) AS rewatched_seconds
    FROM (
      SELECT course_id, lesson_id, 1 AS learners, completed::int AS completed, watch_time_seconds::bigint AS watch,
             unique_seconds::bigint AS seen, rewatched_seconds::bigint AS again FROM record
      UNION ALL
      SELECT c, l, -COALESCE(s, 0), -COALESCE(f, 0), -COALESCE(w, 0), -COALESCE(q, 0), -COALESCE(r, 0)
      FROM pending WHERE k = 'l' AND ${inPortion('l')}
    ) counted
    GROUP BY course_id, lesson_id`,
  deletes: true,
};

/** Where the stretches of `ranges` begin and end. */
const boundaries = (ranges: string, seen: string, again: string): string => `
      SELECT course_id, lesson_id, b.second, ${seen} AS seen, ${again} AS again
      FROM record CROSS JOIN LATERAL unnest(${ranges}) r
      CROSS JOIN LATERAL (VALUES (lower(r), 1), (upper(r), -1)) b (second, rises)`;

const pendingSeconds = (seconds: string, seen: number, again: number): string => `
      SELECT c, l, unnest(${seconds}), ${seen}, ${again} FROM pending
      WHERE k = 'l' AND ${seconds} IS NOT NULL AND ${inPortion('l')}`;

/** The curves of lessons, from the seconds that their live records hold. */
export const SECONDS: Check = {
  name: 'seconds',
  table: 'analytics_second',
  keys: ['course_id', 'lesson_id', 'second'],
  values: sums('seen', 'again'),
  parts: [
    RECORD,
    `
    curve AS MATERIALIZED (
      SELECT course_id, lesson_id, second, sum(seen) AS seen, sum(again) AS again
      FROM (${[
        boundaries('watched', 'b.rises', '0'),
        boundaries('watched_again', '0', 'b.rises'),
        pendingSeconds('up', -1, 0),
        pendingSeconds('dn', 1, 0),
        pendingSeconds('au', 0, -1),
        pendingSeconds('ad', 0, 1),
      ].join('\n      UNION ALL ')}) boundaries
      GROUP BY course_id, lesson_id, second
    )`,
  ],
  stored: `
    SELECT s.* FROM (
      SELECT course_id, lesson_id FROM curve
      UNION SELECT course_id, lesson_id FROM analytics_lesson WHERE ${inPortion('lesson_id')}
    ) lesson
    CROSS JOIN LATERAL (
      SELECT * FROM analytics_second
      WHERE course_id = lesson.course_id AND lesson_id = lesson.lesson_id OFFSET 0) s`,
  counted: `SELECT * FROM curve`,
  deletes: true,
};

/**
 * Curves of lessons without sums: there was no record. The lessons of the portion's courses are found one by one. The
 * recursion is in a query of its own: Citus knows none where there are rows of all shards.
 */
export const STRAY_SECONDS: Check = {
  name: 'stray-seconds',
  table: 'analytics_second',
  keys: ['course_id', 'lesson_id', 'second'],
  values: sums('seen', 'again'),
  parts: [
    `
    drawn AS MATERIALIZED (
      WITH RECURSIVE lesson AS (
        (SELECT course_id, lesson_id FROM analytics_second WHERE ${inPortion('course_id')}
         ORDER BY course_id, lesson_id LIMIT 1)
        UNION ALL
        SELECT next.* FROM lesson CROSS JOIN LATERAL (
          SELECT course_id, lesson_id FROM analytics_second
          WHERE (course_id, lesson_id) > (lesson.course_id, lesson.lesson_id) AND ${inPortion('course_id')}
          ORDER BY course_id, lesson_id LIMIT 1) next
      )
      SELECT course_id, lesson_id FROM lesson
    )`,
  ],
  stored: `
    SELECT s.* FROM drawn JOIN analytics_second s USING (course_id, lesson_id)
    WHERE NOT EXISTS (
      SELECT FROM analytics_lesson l WHERE l.course_id = drawn.course_id AND l.lesson_id = drawn.lesson_id)`,
  counted: `SELECT course_id, lesson_id, second, 0 AS seen, 0 AS again FROM analytics_second WHERE false`,
  deletes: true,
};
