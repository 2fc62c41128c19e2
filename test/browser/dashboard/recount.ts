import type pg from 'pg';
import type { Value } from './read-page.ts';

/** Statements that count from records and days of learners, not from what is folded. `$1`: the course. */
const LEARNERS = `(lessons_started > 0 OR completed_at IS NOT NULL)`;
const PERIOD = `(now() AT TIME ZONE 'UTC')::date - 29`;

const FACTS = `
  SELECT (SELECT count(DISTINCT user_id) FROM learner_day
          WHERE ($1 = '' OR course_id = $1) AND last_at IS NOT NULL AND day >= ${PERIOD})::int AS "Active learners",
         (SELECT count(*) FROM course_progress
          WHERE ($1 = '' OR course_id = $1) AND ${LEARNERS} AND created_at::date >= ${PERIOD})::int AS "New learners",
         (SELECT count(*) FROM course_progress
          WHERE ($1 = '' OR course_id = $1) AND completed_at::date >= ${PERIOD})::int AS "Completions",
         (SELECT coalesce(sum(seconds), 0) FROM learner_day
          WHERE ($1 = '' OR course_id = $1) AND day >= ${PERIOD})::int AS "Watch time"`;

/** Each learner's latest activity in the course. */
const LATEST = `
  SELECT DISTINCT ON (d.user_id) d.user_id, d.day, d.last_lesson_id
  FROM learner_day d JOIN course_progress c USING (user_id, course_id)
  WHERE d.course_id = $1 AND d.last_at IS NOT NULL AND c.completed_at IS NULL
  ORDER BY d.user_id, d.last_at DESC`;
const SILENT_FOR = `(now() AT TIME ZONE 'UTC')::date - latest.day`;

const LESSONS = `
  SELECT l.title, count(p.user_id)::int, (count(*) FILTER (WHERE p.completed))::int,
         (SELECT count(*) FROM (${LATEST}) latest
          WHERE last_lesson_id = l.lesson_id AND ${SILENT_FOR} >= 14)::int,
         CASE WHEN count(p.user_id) >= 20
           THEN round(100.0 * sum(p.unique_seconds) / (count(*) * l.duration_seconds), 2)::float END,
         sum(p.watch_time_seconds)::int
  FROM course_lesson l JOIN user_progress p USING (course_id, lesson_id)
  WHERE l.course_id = $1 GROUP BY l.lesson_id, l.title, l.duration_seconds, l.position ORDER BY l.position`;

const TIMES = `
  SELECT completed_at::date - created_at::date AS days, count(*)::int
  FROM course_progress WHERE course_id = $1 AND completed_at IS NOT NULL GROUP BY 1 ORDER BY 1`;

/** A point is the mean of `$2` seconds. */
const CURVE = `
  SELECT $2::int * (second / $2::int) AS at, round(avg(100.0 * seen / learners), 2)::float,
         round(avg(100.0 * again / nullif(seen, 0)), 2)::float
  FROM (SELECT second, count(*) AS learners, count(*) FILTER (WHERE watched @> second) AS seen,
               count(*) FILTER (WHERE watched_again @> second) AS again
        FROM user_progress p JOIN course_lesson l USING (course_id, lesson_id),
             generate_series(0, l.duration_seconds - 1) second
        WHERE p.lesson_id = $1 GROUP BY second) seconds
  GROUP BY 1 ORDER BY 1`;

/** The largest fall of the curve within five seconds, if it is of 5 %: how many learners fewer, and where it is steepest. */
const FALL = `
  WITH seen AS (
    SELECT second, count(*) AS learners, count(*) FILTER (WHERE watched @> second) AS seen, max(duration_seconds) AS length
    FROM user_progress p JOIN course_lesson l USING (course_id, lesson_id),
         generate_series(0, l.duration_seconds - 1) second
    WHERE l.course_id = $1 AND l.title = $2 GROUP BY second),
  fall AS (
    SELECT a.second, a.seen - b.seen AS lost FROM seen a JOIN seen b ON b.second = a.second + 5
    WHERE a.second <= floor(0.95 * a.length) - 5 AND 20 * (a.seen - b.seen) >= a.learners
    ORDER BY lost DESC, second LIMIT 1)
  SELECT lost::int, (SELECT after.second FROM seen before JOIN seen after ON after.second = before.second + 1
                     WHERE before.second BETWEEN fall.second AND fall.second + 4
                     ORDER BY before.seen - after.seen DESC, after.second LIMIT 1)
  FROM fall`;

/** How many learners fewer saw second `$4` of a lesson than second `$3`. */
const LOST = `
  SELECT (count(*) FILTER (WHERE watched @> $3::int) - count(*) FILTER (WHERE watched @> $4::int))::int
  FROM user_progress JOIN course_lesson l USING (course_id, lesson_id) WHERE l.course_id = $1 AND l.title = $2`;

const AT_RISK = `
  SELECT latest.user_id, latest.day::text, ${SILENT_FOR}, l.title, c.listed_completed, c.lessons_total
  FROM (${LATEST}) latest
  JOIN course_progress c ON c.user_id = latest.user_id AND c.course_id = $1
  JOIN course_lesson l ON l.course_id = $1 AND l.lesson_id = latest.last_lesson_id
  WHERE ${SILENT_FOR} BETWEEN 14 AND 90
  ORDER BY latest.day DESC, latest.user_id DESC`;

const DAYS = `
  SELECT day::date::text, (SELECT count(DISTINCT user_id) FROM learner_day d
           WHERE d.course_id = $1 AND last_at IS NOT NULL AND d.day = s.day)::int,
         (SELECT count(DISTINCT user_id) FROM learner_day d
           WHERE d.course_id = $1 AND last_at IS NOT NULL AND d.day BETWEEN s.day::date - 6 AND s.day)::int,
         (SELECT count(DISTINCT user_id) FROM learner_day d
           WHERE d.course_id = $1 AND last_at IS NOT NULL AND d.day BETWEEN s.day::date - 29 AND s.day)::int
  FROM generate_series(${PERIOD}, (now() AT TIME ZONE 'UTC')::date, interval '1 day') s (day) ORDER BY 1`;

const COHORT = `
  SELECT count(*)::int, ${[1, 2, 4, 8, 12]
    .map(
      (weeks) => `(CASE WHEN $3::date + 6 + ${7 * weeks} <= (now() AT TIME ZONE 'UTC')::date
        THEN count(*) FILTER (WHERE completed_at::date - created_at::date <= ${7 * weeks}) END)::int`,
    )
    .join()}
  FROM course_progress
  WHERE course_id = $1 AND ${LEARNERS} AND created_at::date BETWEEN $2::date AND $3::date + 6`;

const COURSES = `
  SELECT c.title, count(p.user_id)::int,
         CASE WHEN count(p.user_id) >= 20
           THEN round(100.0 * count(p.completed_at) / count(p.user_id), 2)::float END
  FROM course c LEFT JOIN course_progress p ON p.course_id = c.course_id AND ${LEARNERS}
  WHERE c.instructor_id = $1 GROUP BY c.course_id, c.title ORDER BY 2 DESC, c.title`;

/** Each figure of the last `$2` days, and of as many before: both without their last day. */
const CHANGES = `
  WITH ending AS (
    SELECT (now() AT TIME ZONE 'UTC')::date - 1 - back AS day, n
    FROM (VALUES (0, 1), ($2::int, 2)) v (back, n))
  SELECT max(value) FILTER (WHERE n = 1) AS now, max(value) FILTER (WHERE n = 2) AS before
  FROM (
    SELECT n,
           (SELECT count(DISTINCT user_id) FROM learner_day d
            WHERE course_id = $1 AND last_at IS NOT NULL AND d.day > e.day - 30 AND d.day <= e.day)::int AS active,
           (SELECT count(*) FROM course_progress
            WHERE course_id = $1 AND ${LEARNERS} AND created_at::date > e.day - $2 + 1 AND created_at::date <= e.day)::int
             AS enrolled,
           (SELECT count(*) FROM course_progress
            WHERE course_id = $1 AND completed_at::date > e.day - $2 + 1 AND completed_at::date <= e.day)::int AS completed,
           (SELECT coalesce(sum(seconds), 0) FROM learner_day d
            WHERE course_id = $1 AND d.day > e.day - $2 + 1 AND d.day <= e.day)::int AS seconds
    FROM ending e) figures,
    LATERAL (VALUES (1, active), (2, enrolled), (3, completed), (4, seconds)) v (place, value)
  GROUP BY place ORDER BY place`;

const TOP_COURSES = `
  SELECT c.title, sum(d.seconds)::int AS seconds,
         (SELECT count(*) FROM course_progress p
          WHERE p.course_id = c.course_id AND ${LEARNERS} AND p.created_at::date >= ${PERIOD})::int,
         (SELECT count(*) FROM course_progress p
          WHERE p.course_id = c.course_id AND p.completed_at::date >= ${PERIOD})::int
  FROM course c JOIN learner_day d USING (course_id)
  WHERE d.day >= ${PERIOD} GROUP BY c.course_id, c.title ORDER BY 2 DESC`;

const STREAKS = `
  WITH active AS (SELECT DISTINCT day FROM learner_day WHERE user_id = $1 AND last_at IS NOT NULL),
       streak AS (SELECT count(*) AS days, max(day) AS last
                  FROM (SELECT day, day - (row_number() OVER (ORDER BY day))::int AS island FROM active) islands
                  GROUP BY island)
  SELECT coalesce((SELECT days FROM streak WHERE last >= (now() AT TIME ZONE 'UTC')::date - 1), 0)::int
           AS "Current streak",
         (SELECT max(days) FROM streak)::int AS "Longest streak",
         (SELECT count(*) FROM active)::int AS "Active days in a year",
         (SELECT sum(seconds) FROM learner_day WHERE user_id = $1 AND day >= ${PERIOD})::int AS "Watched in 30 days"`;

const statements = {
  lessons: LESSONS,
  times: TIMES,
  curve: CURVE,
  fall: FALL,
  lost: LOST,
  atRisk: AT_RISK,
  days: DAYS,
  changes: CHANGES,
  cohort: COHORT,
  courses: COURSES,
  topCourses: TOP_COURSES,
};

/** Counts by another way than the service does. */
export class Recount {
  constructor(private readonly pool: pg.Pool) {}

  /** Of a course, or of the platform (`''`). */
  facts = (courseId: string) => this.record(FACTS, courseId);
  streaks = (userId: string) => this.record(STREAKS, userId);

  async rows(what: keyof typeof statements, ...values: Value[]): Promise<Value[][]> {
    const query = { text: statements[what], values, rowMode: 'array' as const };
    return (await this.pool.query<Value[]>(query)).rows;
  }

  private async record(text: string, value: string): Promise<Record<string, Value>> {
    return (await this.pool.query<Record<string, Value>>(text, [value])).rows[0]!;
  }
}
