import { LARGE_COURSE, LONG_LESSON, TEACHER, userId } from './shape.ts';

/** Days that are counted back from today. */
const daysAgo = (days: number): string => `(current_date - ${days})`;
const DAY = `(updated_at AT TIME ZONE 'UTC')::date`;

const ofCourse = `course_id = '${LARGE_COURSE}' AND deleted_at IS NULL`;

/** Each open learner's latest record in a course. */
const latest = (courses: string): string => `
    SELECT DISTINCT ON (u.course_id, u.user_id) u.course_id, u.user_id, u.lesson_id, (u.updated_at AT TIME ZONE 'UTC')::date AS day
    FROM user_progress u JOIN course_progress p ON p.user_id = u.user_id AND p.course_id = u.course_id
    WHERE u.course_id ${courses} AND u.deleted_at IS NULL AND p.completed_at IS NULL
    ORDER BY u.course_id, u.user_id, u.updated_at DESC, u.lesson_id COLLATE "C" DESC`;

const AT_RISK = `BETWEEN ${daysAgo(90)} AND ${daysAgo(14)}`;

const activeByDay = (where: string, days: number): string => `
    SELECT count(*) AS days, sum(active) AS active FROM (
      SELECT ${DAY} AS day, count(DISTINCT user_id) AS active, count(*) FILTER (WHERE completed) AS completed,
             sum(watch_time_seconds) AS watched
      FROM user_progress WHERE ${where} AND updated_at >= ${daysAgo(days)} GROUP BY day) d`;

const monthlyActive = (where: string): string => `
    SELECT count(DISTINCT user_id)::int AS monthly_active FROM user_progress
    WHERE ${where} AND updated_at >= ${daysAgo(29)}`;

const course = (days: number): string[] => [
  `SELECT sum(watched)::float8 AS watched FROM (
     SELECT lesson_id, count(*), count(*) FILTER (WHERE completed), sum(watch_time_seconds) AS watched, sum(unique_seconds),
            sum(rewatched_seconds)
     FROM user_progress WHERE ${ofCourse} GROUP BY lesson_id) l`,
  `SELECT sum(at_risk)::int AS at_risk, sum(lost)::int AS lost FROM (
     SELECT lesson_id, count(*) FILTER (WHERE day ${AT_RISK}) AS at_risk, count(*) FILTER (WHERE day < ${daysAgo(90)}) AS lost
     FROM (${latest(`= '${LARGE_COURSE}'`)}) l GROUP BY lesson_id) l`,
  `SELECT sum(learners)::int AS learners, sum(completers)::int AS completers FROM (
     SELECT date_trunc('week', created_at) AS week, count(*) AS learners, count(completed_at) AS completers
     FROM course_progress WHERE course_id = '${LARGE_COURSE}' GROUP BY week) w`,
  `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY completed_at::date - created_at::date) AS median_days
   FROM course_progress WHERE course_id = '${LARGE_COURSE}' AND completed_at IS NOT NULL`,
  activeByDay(ofCourse, days),
  monthlyActive(ofCourse),
];

const platform = (days: number): string[] => [
  activeByDay('deleted_at IS NULL', days),
  monthlyActive('deleted_at IS NULL'),
  `SELECT count(*) AS courses FROM (
     SELECT course_id, sum(watch_time_seconds) FROM user_progress
     WHERE deleted_at IS NULL AND updated_at >= ${daysAgo(days)} GROUP BY course_id ORDER BY 2 DESC LIMIT 10) t`,
];

const TAUGHT = `IN (SELECT course_id FROM course WHERE instructor_id = '${TEACHER}')`;

/**
 * The same questions, as somebody would ask them who has records, rollups and plain SQL. The figures that they return are
 * compared with those of the answers.
 */
export const SCANS: Record<string, string[]> = {
  courseAnalytics: course(29),
  'courseAnalytics, a year': course(365),
  lessonAnalytics: [
    `SELECT count(*)::int AS learners FROM user_progress WHERE ${ofCourse} AND lesson_id = '${LONG_LESSON}'`,
    `SELECT count(DISTINCT second / 36)::int - 1 AS points FROM (
       SELECT second, sum(sum(moves)) OVER (ORDER BY second) AS seen FROM (
         SELECT unnest(ARRAY[lower(r), upper(r)]) AS second, unnest(ARRAY[1, -1]) AS moves
         FROM user_progress, unnest(watched) r WHERE ${ofCourse} AND lesson_id = '${LONG_LESSON}') b
       GROUP BY second) curve`,
  ],
  courseLearnersAtRisk: [
    `SELECT count(*)::int AS total, max(day)::text AS first FROM (
       SELECT * FROM (${latest(`= '${LARGE_COURSE}'`)}) l WHERE day ${AT_RISK} ORDER BY day DESC, user_id DESC) l`,
  ],
  myCourses: [
    `SELECT max(learners)::int AS learners FROM (
       SELECT course_id, count(*) AS learners, count(completed_at) FROM course_progress WHERE course_id ${TAUGHT}
       GROUP BY course_id ORDER BY learners DESC LIMIT 50) c`,
    `SELECT max(at_risk)::int AS at_risk FROM (
       SELECT course_id, lesson_id, sum(count(*) FILTER (WHERE day ${AT_RISK})) OVER (PARTITION BY course_id) AS at_risk
       FROM (${latest(TAUGHT)}) l GROUP BY course_id, lesson_id) l`,
    `SELECT count(*) AS weeks FROM (
       SELECT course_id, date_trunc('week', updated_at) AS week, sum(watch_time_seconds)
       FROM user_progress WHERE course_id ${TAUGHT} AND updated_at >= ${daysAgo(56)} GROUP BY course_id, week) w`,
  ],
  platformAnalytics: platform(29),
  'platformAnalytics, a year': platform(365),
  learningActivity: [
    `SELECT max(days)::int AS streak FROM (
       SELECT count(*) AS days FROM (
         SELECT day, day - row_number() OVER (ORDER BY day)::int AS island FROM (
           SELECT DISTINCT ${DAY} AS day FROM user_progress WHERE user_id = '${userId(0)}' AND deleted_at IS NULL) d) d
       GROUP BY island) s`,
  ],
};
