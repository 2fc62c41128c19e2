import { DILIGENT, INSTRUCTOR, LARGE_COURSE, LONG_LESSON, TODAY } from './data/shape.ts';

/*
 * The same questions as an analyst would ask them: of records, rollups and learners' days, since no other table knows
 * what was done on which day; nothing else that is folded. To their favour, they leave out cohorts, what was replayed,
 * and all numbers of active learners but those of each day and of today.
 */

const COURSE = `course_id = '${LARGE_COURSE}'`;
const DAYS = `day > ${TODAY} - 60 AND day <= ${TODAY}`;
const AT_RISK = `completed_at IS NULL AND last_activity_at < ${TODAY} - 13 AND last_activity_at >= ${TODAY} - 90`;

const activeLearners = (where: string): string[] => [
  `SELECT day, count(DISTINCT user_id), sum(seconds), sum(lessons_completed) FROM learner_day
   WHERE ${where} AND ${DAYS} GROUP BY day`,
  `SELECT count(DISTINCT user_id) FILTER (WHERE day > ${TODAY} - 7) AS weekly, count(DISTINCT user_id) AS figure
   FROM learner_day WHERE ${where} AND day > ${TODAY} - 30 AND day <= ${TODAY}`,
];

/** By the name of the question. The last statement has the `figure` that the service's answer is compared with. */
export const SCANS: Record<string, string[]> = {
  courseAnalytics: [
    `SELECT count(*), count(completed_at),
            percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY completed_at - created_at),
            count(*) FILTER (WHERE ${AT_RISK})
     FROM course_progress WHERE ${COURSE}`,
    ...activeLearners(COURSE),
    `SELECT sum(watch) AS figure FROM (
       SELECT lesson_id, count(*), count(*) FILTER (WHERE completed), avg(unique_seconds), sum(watch_time_seconds) AS watch
       FROM user_progress WHERE ${COURSE} AND deleted_at IS NULL GROUP BY lesson_id) lesson`,
  ],
  lessonAnalytics: [
    `SELECT round(100 * avg(seen) / max(learners), 2) AS figure FROM (
       SELECT second, sum(sum(rises)) OVER (ORDER BY second) AS seen, (
         SELECT count(*) FROM user_progress WHERE ${COURSE} AND lesson_id = '${LONG_LESSON}') AS learners
       FROM (
         SELECT b.second, b.rises FROM user_progress
         CROSS JOIN LATERAL unnest(watched) r
         CROSS JOIN LATERAL (VALUES (lower(r), 1), (upper(r), -1)) b (second, rises)
         WHERE ${COURSE} AND lesson_id = '${LONG_LESSON}' AND deleted_at IS NULL
         UNION ALL SELECT second, 0 FROM generate_series(0, 10799) second) boundary
       GROUP BY second) curve
     WHERE second >= 150 * 36 AND second < 151 * 36`,
  ],
  courseLearnersAtRisk: [
    `SELECT user_id, last_activity_at, lessons_completed, lessons_total FROM course_progress
     WHERE ${COURSE} AND ${AT_RISK} ORDER BY last_activity_at DESC, user_id DESC LIMIT 50`,
    `SELECT count(*) AS figure FROM course_progress WHERE ${COURSE} AND ${AT_RISK}`,
  ],
  myCourses: [
    `SELECT course_id, date_trunc('week', day), sum(seconds) FROM learner_day
     WHERE course_id IN (SELECT course_id FROM course WHERE instructor_id = '${INSTRUCTOR}') AND ${DAYS} GROUP BY 1, 2`,
    `SELECT course_id, count(*) AS learners, count(completed_at), count(*) FILTER (WHERE ${AT_RISK}) AS figure
     FROM course_progress JOIN course USING (course_id) WHERE instructor_id = '${INSTRUCTOR}'
     GROUP BY course_id ORDER BY learners DESC, course_id LIMIT 20`,
  ],
  platformAnalytics: [
    `SELECT course_id, sum(seconds) AS seconds FROM learner_day WHERE day > ${TODAY} - 30
     GROUP BY course_id ORDER BY seconds DESC LIMIT 10`,
    ...activeLearners('true'),
  ],
  learningActivity: [
    `SELECT count(*) FILTER (WHERE day > ${TODAY} - 30) AS figure FROM (
       SELECT day, sum(seconds), sum(lessons_completed) FROM learner_day WHERE user_id = '${DILIGENT}' GROUP BY day) days`,
  ],
};
