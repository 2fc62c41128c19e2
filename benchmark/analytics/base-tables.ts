import {
  COURSE_LESSONS,
  courseSql,
  COURSES,
  DAYS,
  LARGE_COURSE_LESSONS,
  LESSON_SECONDS,
  LONG_LESSON_SECONDS,
  lessonSql,
  TAUGHT,
  TEACHER,
  userSql,
} from './shape.ts';

/** The noon of a day that is counted from the first one. */
const noonOf = (day: string): string =>
  `(pair.first_day + ${day} + time '12:00') AT TIME ZONE 'UTC'`;

const lessonsOf = (course: string): string =>
  `CASE ${course} WHEN 0 THEN ${LARGE_COURSE_LESSONS} ELSE ${COURSE_LESSONS} END`;

/** Nothing is to be evaluated: the rollups have the version of these structures. */
export const COURSES_SQL = `
  INSERT INTO course (course_id, title, instructor_id, lessons_listed, lessons_total)
  SELECT ${courseSql('c')}, 'Course ' || c, CASE WHEN c < ${TAUGHT} THEN '${TEACHER}' ELSE '${TEACHER}2' END, true,
         ${lessonsOf('c')}
  FROM generate_series(0, ${COURSES}) c;
  INSERT INTO course_lesson (course_id, lesson_id, section_id, title, position, duration_seconds)
  SELECT ${courseSql('c')}, ${lessonSql('c', 'l')}, 'section', 'Lesson ' || l, l,
         CASE WHEN c = 0 AND l = 0 THEN ${LONG_LESSON_SECONDS} ELSE ${LESSON_SECONDS} END
  FROM generate_series(0, ${COURSES}) c, generate_series(0, ${lessonsOf('c')} - 1) l;
  TRUNCATE course_evaluation, unreconciled_lesson`;

/**
 * Learners in courses, by course: to the favour of whoever scans a course's records. A learner is active in a course on
 * two days, and in the next course a month later, so that the platform's active learners are the sum of the courses'.
 * Of ten records the first `completed` are, and `seconds` were seen of the others. $1: learners, $2: pairs in other courses
 */
export const PAIRS_SQL = `
  CREATE UNLOGGED TABLE pair AS
  SELECT u, j, c, ${userSql('u')} AS user_id, ${courseSql('c')} AS course_id, d1, d2, first_day,
         ${noonOf('d1')} AS at_1, ${noonOf('d2')} AS at_2,
         is_completer, turn, completed, 40 * (1 + (turn * 7 + completed * 3) % 29) AS seconds
  FROM (
    SELECT *, d1 + 8 + (u / 11 + j) % 12 AS d2,
           CASE WHEN is_completer THEN ${COURSE_LESSONS} ELSE (u / 13 + j) % ${COURSE_LESSONS} END AS completed
    FROM (
      SELECT u, j, current_date - ${DAYS} AS first_day, CASE j WHEN 0 THEN 0 ELSE 1 + (u + j * 400) % ${COURSES} END AS c,
             (u + j) % 6 * 60 + u * 13 % 35 + (u * 7 + j * 3) % 11 AS d1,
             (u / 3 + j) % ${COURSE_LESSONS} AS turn, (u / 7 + j) % 5 = 0 AS is_completer
      FROM (
        SELECT u, 0 AS j FROM generate_series(0, $1::int - 1) u
        UNION ALL SELECT q % $1::int, 1 + q / $1::int FROM generate_series(0, $2::int - 1) q) numbered
    ) placed OFFSET 0
  ) pair
  ORDER BY c, u`;

/** Seconds that learners of the large course saw of the long lesson, and where a few of them saw thirty seconds again. */
export const LONG_LESSON_VIEW = `
    SELECT u, is_completer, seen, CASE WHEN again_from IS NULL THEN 0 ELSE 30 END AS again, again_from
    FROM (
      SELECT u, is_completer, seen,
             CASE WHEN u % 3 = 0 AND seen > 3660 THEN 3600 + u % 30
                  WHEN u % 4 = 1 AND seen > 60 THEN u * 31 % (seen - 30) END AS again_from
      FROM (
        SELECT u, is_completer,
               CASE WHEN is_completer THEN ${LONG_LESSON_SECONDS}
                    ELSE 1 + (u::bigint * 7919 % ${LONG_LESSON_SECONDS - 1})::int END AS seen
        FROM pair WHERE c = 0) watched) replayed`;

/** The other lesson of a learner in the large course: its number, whether it is completed, and the seconds seen. */
export const OTHER_LESSON = `1 + u % ${LARGE_COURSE_LESSONS - 1}`;
export const IS_OTHER_COMPLETED = `(is_completer OR u % 2 = 0)`;
export const OTHER_SECONDS = `CASE WHEN ${IS_OTHER_COMPLETED} THEN ${LESSON_SECONDS} ELSE seconds END`;

const RECORDS = `
  INSERT INTO user_progress (
    user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds, position_seconds, position_at, watched,
    watched_again, unique_seconds, rewatched_seconds, created_at, updated_at)
  SELECT user_id, ${lessonSql('c', 'lesson')}, course_id, is_completed, CASE WHEN is_completed THEN at END, seen + again, seen, at,
         int4multirange(int4range(0, seen)),
         CASE WHEN again = 0 THEN '{}' ELSE int4multirange(int4range(again_from, again_from + again)) END, seen, again, at, at
  FROM`;

/** The records of the large course, then those of the others, in the order of courses. */
export const RECORDS_SQL = [
  `${RECORDS} (
    SELECT user_id, course_id, 0 AS c, 0 AS lesson, v.is_completer AS is_completed, at_1 AS at, seen, again, again_from
    FROM (${LONG_LESSON_VIEW}) v JOIN pair USING (u) WHERE pair.c = 0 OFFSET 0) r`,
  `${RECORDS} (
    SELECT user_id, course_id, 0 AS c, ${OTHER_LESSON} AS lesson, ${IS_OTHER_COMPLETED} AS is_completed, at_2 AS at,
           ${OTHER_SECONDS} AS seen, 0 AS again, 0 AS again_from
    FROM pair WHERE c = 0 OFFSET 0) r`,
  `${RECORDS} (
    SELECT user_id, course_id, c, (k + turn) % ${COURSE_LESSONS} AS lesson, k < completed AS is_completed,
           CASE WHEN k < 5 THEN at_1 ELSE at_2 END + minutes AS at,
           CASE WHEN k < completed THEN ${LESSON_SECONDS} ELSE seconds END AS seen, 0 AS again, 0 AS again_from
    FROM pair CROSS JOIN (
      SELECT k, k * interval '1 minute' AS minutes FROM generate_series(0, ${COURSE_LESSONS - 1}) k) k
    WHERE c > 0 OFFSET 0) r`,
];

const LISTED_COMPLETED = `CASE c WHEN 0 THEN is_completer::int + ${IS_OTHER_COMPLETED}::int ELSE completed END`;

/** `watch_time_seconds` is no figure of analytics. */
export const ROLLUPS_SQL = `
  INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total,
    structure_version, completed_at, last_activity_at, created_at)
  SELECT user_id, course_id, CASE c WHEN 0 THEN 2 ELSE ${COURSE_LESSONS} END, ${LISTED_COMPLETED},
         ${LISTED_COMPLETED}, ${lessonsOf('c')}, 1, CASE WHEN is_completer THEN at_2 END, at_2, at_1
  FROM pair`;

export const CERTIFICATES_SQL = `
  INSERT INTO certificate (user_id, course_id, status, completed_at, requested_at, issued_at)
  SELECT user_id, course_id, 'ISSUED', at_2, at_2, at_2
  FROM pair WHERE is_completer`;
