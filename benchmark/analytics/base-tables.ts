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
  SELECT u, j, c, current_date - ${DAYS} AS first_day, d1, d1 + 8 + (u / 11 + j) % 12 AS d2,
         (u + j) % 5 = 0 AS is_completer, turn, completed, 40 * (1 + (turn * 7 + completed * 3) % 29) AS seconds
  FROM (
    SELECT u, j, CASE j WHEN 0 THEN 0 ELSE 1 + (u * 5 + j) % ${COURSES} END AS c,
           (u + j) % 6 * 60 + u * 13 % 35 + (u * 7 + j * 3) % 11 AS d1, (u * 3 + j) % ${COURSE_LESSONS} AS turn,
           CASE (u + j) % 5 WHEN 0 THEN ${COURSE_LESSONS} ELSE (u / 10 * 3 + j) % ${COURSE_LESSONS} END AS completed
    FROM (
      SELECT u, 0 AS j FROM generate_series(0, $1::int - 1) u
      UNION ALL SELECT q % $1::int, 1 + q / $1::int FROM generate_series(0, $2::int - 1) q) numbered
  ) derived
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

const COLUMNS = `id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds, position_seconds, position_at,
    watched, watched_again, unique_seconds, rewatched_seconds, created_at, updated_at`;

const record = (given: {
  from: string;
  lesson: string;
  completed: string;
  seen: string;
  at: string;
  again?: string;
  againFrom?: string;
}): string => `
  INSERT INTO user_progress (${COLUMNS})
  SELECT md5(u || ' ' || j || ' ' || ${given.lesson})::uuid, ${userSql('u')}, ${lessonSql('c', given.lesson)}, ${courseSql('c')},
         ${given.completed}, CASE WHEN ${given.completed} THEN ${given.at} END,
         ${given.seen} + ${given.again ?? 0}, ${given.seen}, ${given.at}, int4multirange(int4range(0, ${given.seen})),
         ${given.againFrom ? `CASE WHEN ${given.againFrom} IS NULL THEN '{}' ELSE int4multirange(int4range(${given.againFrom}, ${given.againFrom} + 30)) END` : `'{}'`},
         ${given.seen}, ${given.again ?? 0}, ${given.at}, ${given.at}
  FROM ${given.from}`;

/** The records of the large course, then those of the others, in the order of courses. */
export const RECORDS_SQL = [
  record({
    from: `(SELECT v.*, 0 AS c, 0 AS j, pair.first_day, pair.d1 FROM (${LONG_LESSON_VIEW}) v JOIN pair USING (u) WHERE pair.c = 0) pair`,
    lesson: '0',
    completed: 'is_completer',
    seen: 'seen',
    again: 'again',
    againFrom: 'again_from',
    at: noonOf('d1'),
  }),
  record({
    from: 'pair WHERE c = 0',
    lesson: `(${OTHER_LESSON})`,
    completed: IS_OTHER_COMPLETED,
    seen: `(${OTHER_SECONDS})`,
    at: noonOf('d2'),
  }),
  record({
    from: `(
      SELECT pair.*, (k + turn) % ${COURSE_LESSONS} AS lesson, k < completed AS is_completed,
             CASE WHEN k < completed THEN ${LESSON_SECONDS} ELSE seconds END AS seen,
             ${noonOf(`CASE WHEN k < 5 THEN d1 ELSE d2 END`)} + k * interval '1 minute' AS at
      FROM pair CROSS JOIN generate_series(0, ${COURSE_LESSONS - 1}) k WHERE c > 0) pair`,
    lesson: 'lesson',
    completed: 'is_completed',
    seen: 'seen',
    at: 'at',
  }),
];

const LISTED_COMPLETED = `CASE c WHEN 0 THEN is_completer::int + ${IS_OTHER_COMPLETED}::int ELSE completed END`;

/** `watch_time_seconds` is no figure of analytics. */
export const ROLLUPS_SQL = `
  INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total,
    structure_version, completed_at, last_activity_at, created_at)
  SELECT ${userSql('u')}, ${courseSql('c')}, CASE c WHEN 0 THEN 2 ELSE ${COURSE_LESSONS} END, ${LISTED_COMPLETED},
         ${LISTED_COMPLETED}, ${lessonsOf('c')}, 1, CASE WHEN is_completer THEN ${noonOf('d2')} END, ${noonOf('d2')}, ${noonOf('d1')}
  FROM pair`;

export const CERTIFICATES_SQL = `
  INSERT INTO certificate (user_id, course_id, status, completed_at, requested_at, issued_at)
  SELECT ${userSql('u')}, ${courseSql('c')}, 'ISSUED', ${noonOf('d2')}, ${noonOf('d2')}, ${noonOf('d2')}
  FROM pair WHERE is_completer`;
