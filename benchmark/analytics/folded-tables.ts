import {
  IS_OTHER_COMPLETED,
  LONG_LESSON_VIEW,
  OTHER_LESSON,
  OTHER_SECONDS,
} from './base-tables.ts';
import {
  COURSE_LESSONS,
  courseSql,
  DAYS,
  LESSON_SECONDS,
  LONG_LESSON_SECONDS,
  lessonSql,
} from './shape.ts';

/** What a learner did in a course on the two days: seconds, lessons completed, the last lesson and its minute. */
const DAYS_OF_PAIRS = `
    SELECT u, c, user_id, course_id, is_completer, first_day + d1 AS first_on, first_day + d2 AS second_on, completed_1, completed_2,
           CASE c WHEN 0 THEN long_seconds ELSE completed_1 * ${LESSON_SECONDS} + (5 - completed_1) * seconds END AS seconds_1,
           CASE c WHEN 0 THEN ${OTHER_SECONDS} ELSE completed_2 * ${LESSON_SECONDS} + (5 - completed_2) * seconds END AS seconds_2,
           CASE c WHEN 0 THEN 0 ELSE (4 + turn) % ${COURSE_LESSONS} END AS lesson_1,
           CASE c WHEN 0 THEN ${OTHER_LESSON} ELSE (9 + turn) % ${COURSE_LESSONS} END AS lesson_2,
           CASE c WHEN 0 THEN 0 ELSE 4 END AS minute_1, CASE c WHEN 0 THEN 0 ELSE 9 END AS minute_2
    FROM (
      SELECT pair.*, view.seen + view.again AS long_seconds,
             CASE c WHEN 0 THEN is_completer::int ELSE least(completed, 5) END AS completed_1,
             CASE c WHEN 0 THEN (is_completer OR u % 2 = 0)::int ELSE greatest(completed - 5, 0) END AS completed_2
      FROM pair LEFT JOIN LATERAL (
        SELECT seen, CASE WHEN (u % 3 = 0 AND seen > 3660) OR (u % 4 = 1 AND seen > 60) THEN 30 ELSE 0 END AS again
        FROM (SELECT CASE WHEN is_completer THEN ${LONG_LESSON_SECONDS}
                          ELSE 1 + (u::bigint * 7919 % ${LONG_LESSON_SECONDS - 1})::int END AS seen) s
      ) view ON c = 0) counted`;

const at = (day: string, minute: string): string =>
  `(${day} + time '12:00') AT TIME ZONE 'UTC' + ${minute} * interval '1 minute'`;

const learnerDay = (n: 1 | 2, day: string): string => `
    SELECT user_id, ${day}, course_id, seconds_${n}, completed_${n}, ${at(day, `minute_${n}`)},
           ${lessonSql('c', `lesson_${n}`)} FROM pair_days`;

/** Learners of other courses who are alike: how many, by course, first lesson and number of completed ones. */
const ALIKE = `
    SELECT c, turn, completed, seconds, count(*) AS learners FROM pair WHERE c > 0 GROUP BY c, turn, completed, seconds`;

const ALIKE_RECORDS = `
    SELECT c, (k + turn) % ${COURSE_LESSONS} AS lesson, k < completed AS is_completed, learners,
           CASE WHEN k < completed THEN ${LESSON_SECONDS} ELSE seconds END AS seen
    FROM (${ALIKE}) alike CROSS JOIN generate_series(0, ${COURSE_LESSONS - 1}) k`;

/** Fills the folded tables as the folder would have. Each is a list of rows, so indexes are made afterwards. */
export const FOLDED_SQL: Record<string, string> = {
  analytics_state: `
    INSERT INTO analytics_state (time_zone, since, built_at)
    SELECT 'UTC', since, since FROM (SELECT (current_date - ${DAYS + 36})::timestamp AT TIME ZONE 'UTC' AS since) s`,
  learner_day: `
    WITH pair_days AS MATERIALIZED (${DAYS_OF_PAIRS})
    INSERT INTO learner_day (user_id, day, course_id, seconds, lessons_completed, last_at, last_lesson_id)
    ${learnerDay(1, 'first_on')} UNION ALL ${learnerDay(2, 'second_on')}`,
  analytics_learner: `
    INSERT INTO analytics_learner (user_id, course_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id)
    SELECT user_id, course_id, 1, first_on, CASE WHEN is_completer THEN second_on END, second_on,
           ${lessonSql('c', 'lesson_2')}
    FROM (${DAYS_OF_PAIRS}) p`,
  analytics_silence: `
    INSERT INTO analytics_silence (course_id, last_active_on, last_lesson_id, learners)
    SELECT ${courseSql('c')}, second_on, ${lessonSql('c', 'lesson_2')}, learners
    FROM (SELECT c, second_on, lesson_2, count(*) AS learners FROM (${DAYS_OF_PAIRS}) p
          WHERE NOT is_completer GROUP BY c, second_on, lesson_2) p ORDER BY second_on`,
  analytics_cohort: `
    INSERT INTO analytics_cohort (course_id, enrolled_week, days_to_complete, learners)
    SELECT ${courseSql('c')}, week, days, learners
    FROM (SELECT c, date_trunc('week', first_day + d1)::date AS week, CASE WHEN is_completer THEN d2 - d1 ELSE -1 END AS days,
                 count(*) AS learners FROM pair GROUP BY 1, 2, 3) p ORDER BY week`,
  analytics_lesson: `
    INSERT INTO analytics_lesson (course_id, lesson_id, learners, completed, watch_seconds, unique_seconds, rewatched_seconds)
    SELECT ${courseSql('c')}, ${lessonSql('c', 'lesson')}, learners, completed, seen + again, seen, again
    FROM (
      SELECT 0 AS c, 0 AS lesson, count(*) AS learners, count(*) FILTER (WHERE is_completer) AS completed,
             sum(seen) AS seen, sum(again) AS again FROM (${LONG_LESSON_VIEW}) v
      UNION ALL
      SELECT 0, ${OTHER_LESSON}, count(*), count(*) FILTER (WHERE ${IS_OTHER_COMPLETED}), sum(${OTHER_SECONDS}), 0
      FROM pair WHERE c = 0 GROUP BY ${OTHER_LESSON}
      UNION ALL
      SELECT c, lesson, sum(learners), coalesce(sum(learners) FILTER (WHERE is_completed), 0), sum(learners * seen), 0
      FROM (${ALIKE_RECORDS}) r GROUP BY c, lesson) lesson`,
  analytics_second: `
    INSERT INTO analytics_second (course_id, lesson_id, second, seen, again)
    SELECT ${courseSql('c')}, ${lessonSql('c', 'lesson')}, second, seen, again
    FROM (
      SELECT c, lesson, second, sum(seen) AS seen, sum(again) AS again
      FROM (
        SELECT 0 AS c, 0 AS lesson, b.second, b.seen, b.again FROM (${LONG_LESSON_VIEW}) v CROSS JOIN LATERAL (
          VALUES (0, 1, 0), (seen, -1, 0), (again_from, 0, 1), (again_from + 30, 0, -1)) b (second, seen, again)
        WHERE b.second IS NOT NULL
        UNION ALL
        SELECT 0, ${OTHER_LESSON}, b.second, b.seen, 0 FROM pair CROSS JOIN LATERAL (
          VALUES (0, 1), (${OTHER_SECONDS}, -1)) b (second, seen) WHERE c = 0
        UNION ALL
        SELECT c, lesson, b.second, b.seen, 0 FROM (${ALIKE_RECORDS}) r CROSS JOIN LATERAL (
          VALUES (0, learners), (seen, -learners)) b (second, seen)
      ) boundary GROUP BY c, lesson, second HAVING sum(seen) <> 0 OR sum(again) <> 0) curve`,
  analytics_day: `
    WITH course_day AS MATERIALIZED (
      SELECT c, day, sum(enrolled) AS enrolled, sum(enrolled_completed) AS enrolled_completed, sum(completed) AS completed,
             sum(active) AS active, sum(seconds) AS seconds, sum(lessons) AS lessons, sum(wau) AS wau, sum(mau) AS mau
      FROM (${DAYS_OF_PAIRS}) p CROSS JOIN LATERAL (VALUES
        (first_on, 1, is_completer::int, 0, 1, seconds_1, completed_1, 1, 1),
        (second_on, 0, 0, is_completer::int, 1, seconds_2, completed_2, 1, 0),
        (first_on + 7, 0, 0, 0, 0, 0, 0, -1, 0), (second_on + 7, 0, 0, 0, 0, 0, 0, -1, 0),
        (second_on + 30, 0, 0, 0, 0, 0, 0, 0, -1)
      ) d (day, enrolled, enrolled_completed, completed, active, seconds, lessons, wau, mau)
      GROUP BY c, day)
    INSERT INTO analytics_day (course_id, day, enrolled, enrolled_completed, courses_completed, certificates, active,
      watch_seconds, lessons_completed, wau_edge, mau_edge)
    SELECT * FROM (
      SELECT ${courseSql('c')}, day, enrolled, enrolled_completed, completed, completed AS certificates, active, seconds,
             lessons, wau, mau FROM course_day
      UNION ALL
      SELECT '', day, sum(enrolled), sum(enrolled_completed), sum(completed), sum(completed), sum(active), sum(seconds),
             sum(lessons), sum(wau), sum(mau) FROM course_day GROUP BY day) d
    ORDER BY day`,
  analytics_month: `
    INSERT INTO analytics_month (month, course_id, watch_seconds)
    SELECT date_trunc('month', day::timestamp)::date AS month, course_id, sum(watch_seconds) FROM analytics_day
    WHERE course_id <> '' GROUP BY month, course_id HAVING sum(watch_seconds) <> 0 ORDER BY month`,
};
