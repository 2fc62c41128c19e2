import {
  COURSE_LESSONS,
  courseId,
  courseOf,
  COURSES,
  daysAgo,
  DILIGENT,
  enrolledBefore,
  firstDay,
  hasCompletedCourse,
  INSTRUCTOR,
  isCompleted,
  LARGE_COURSE_LESSONS,
  lastDay,
  LESSON_SECONDS,
  lessonId,
  lessonOf,
  LONG_LESSON_SECONDS,
  RECORDS_PER_LEARNER,
  seenAgainOf,
  seenOf,
  TAUGHT,
  TODAY,
  userId,
} from './shape.ts';

/** Midnight of the day so many days ago, in UTC. */
export const midnight = (ago: string): string =>
  `((${TODAY}::timestamp AT TIME ZONE 'UTC') - (${ago}) * interval '1 day')`;

export const COURSES_SQL = `
  INSERT INTO course (course_id, title, instructor_id, lessons_listed, lessons_total)
  SELECT ${courseId('c')}, 'Course ' || c, CASE WHEN c < ${TAUGHT} THEN '${INSTRUCTOR}' ELSE 'teacher' || c % 1000 END,
         true, CASE c WHEN 0 THEN ${LARGE_COURSE_LESSONS} ELSE ${COURSE_LESSONS} END
  FROM generate_series(0, ${COURSES - 1}) AS c`;

export const LESSONS_SQL = `
  INSERT INTO course_lesson (course_id, lesson_id, section_id, title, position, duration_seconds)
  SELECT ${courseId('c')}, ${lessonId('c', 'n')}, 'section', 'Lesson ' || n, n,
         CASE WHEN c = 0 AND n = 0 THEN ${LONG_LESSON_SECONDS} ELSE ${LESSON_SECONDS} END
  FROM generate_series(0, ${COURSES - 1}) AS c
  CROSS JOIN LATERAL generate_series(
    0, CASE c WHEN 0 THEN ${LARGE_COURSE_LESSONS} ELSE ${COURSE_LESSONS} END - 1) AS n`;

/** The rollups have the version of these structures, so nothing needs an evaluation. */
export const NOTHING_TO_EVALUATE = `TRUNCATE unreconciled_lesson, course_evaluation`;

/** At ten o'clock the first record of a day, at half past ten the second. */
export const recordsOf = (records: number, large: number): string => `
  (id, user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds, watched, watched_again,
   unique_seconds, rewatched_seconds, created_at, updated_at)
  SELECT (lpad(to_hex(1735689600000 + i), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid,
         user_id, ${lessonId('c', 'lesson')}, ${courseId('c')}, completed, CASE WHEN completed THEN at END,
         seen + again, int4multirange(int4range(0, seen)),
         CASE WHEN again = 0 THEN '{}' ELSE int4multirange(int4range(seen - again, seen)) END,
         seen, again, at, at
  FROM (
    SELECT i, ${userId('u')} AS user_id, ${courseOf('u', 'g', large)} AS c, ${lessonOf('u', 'k', large)} AS lesson,
           ${isCompleted('u', 'k')} AS completed, ${seenOf('u', 'k', large)} AS seen,
           ${seenAgainOf('u', 'k', large)} AS again,
           ${midnight(daysAgo('u', 'k / 2'))} + CASE k % 2 WHEN 0 THEN interval '10 hours' ELSE interval '630 minutes' END AS at
    FROM (
      SELECT i, (i / ${RECORDS_PER_LEARNER})::int AS u, (i % ${RECORDS_PER_LEARNER})::int AS k,
             ((i % ${RECORDS_PER_LEARNER} + 2) / 4)::int AS g
      FROM generate_series(0::bigint, ${records}::bigint - 1) AS i OFFSET 0) AS numbered OFFSET 0
  ) AS record`;

/** Each learner's courses: $g from 0 to 2. */
export const learnersCourses = (learners: number): string =>
  `generate_series(0, ${learners - 1}) AS u CROSS JOIN generate_series(0, 2) AS g`;

export const rollupsOf = (learners: number, large: number): string => `
  (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total, structure_version,
   completed_at, last_activity_at, created_at)
  SELECT ${userId('u')}, ${courseId('c')}, started, 1, 1,
         CASE c WHEN 0 THEN ${LARGE_COURSE_LESSONS} ELSE ${COURSE_LESSONS} END, 1,
         CASE WHEN completed THEN last_at END, last_at, created_at
  FROM (
    SELECT u, ${courseOf('u', 'g', large)} AS c, CASE g WHEN 0 THEN 2 ELSE 4 END AS started,
           ${hasCompletedCourse('u', 'g')} AS completed,
           ${midnight(daysAgo('u', lastDay('g')))} + interval '630 minutes' AS last_at,
           ${midnight(`${daysAgo('u', firstDay('g'))} + ${enrolledBefore('u')}`)} + interval '10 hours' AS created_at
    FROM ${learnersCourses(learners)} OFFSET 0) AS rollup`;

/** The record and rollup of the learner who is active every day. */
export const DILIGENT_SQL = `
  INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_total, structure_version, last_activity_at, created_at)
  SELECT '${DILIGENT}', ${courseId('1')}, 1, ${COURSE_LESSONS}, 1, ${midnight('0')}, ${midnight('365')};
  INSERT INTO user_progress (user_id, lesson_id, course_id, watch_time_seconds, watched, unique_seconds, created_at, updated_at)
  SELECT '${DILIGENT}', ${lessonId('1', '0')}, ${courseId('1')}, 60, '{[0,60)}', 60, ${midnight('0')}, ${midnight('0')}`;

export const CERTIFICATES = `
  (user_id, course_id, status, completed_at, requested_at, issued_at)
  SELECT user_id, course_id, 'ISSUED', completed_at, completed_at, completed_at
  FROM course_progress WHERE completed_at IS NOT NULL ORDER BY user_id, course_id`;
