/** Runs a statement. */
type Query = (text: string, values: unknown[]) => Promise<unknown>;

/** More than a course has: days of three years, weeks of enrolment, days to complete, lessons, taught courses. */
const DAYS = 1_100;
const WEEKS = 150;
const DAYS_TO_COMPLETE = 120;
const FORMER_LESSONS = 1_000;
const COURSES = 500;
const LEARNERS = 2_000;
/** The length of a lesson, each second of which has figures. */
const SECONDS = 86_400;

/** Fills the figures of a course, and of others that the instructor teaches. */
export async function fillFigures(
  query: Query,
  {
    courseId,
    lessonIds,
    instructorId,
  }: { courseId: string; lessonIds: readonly string[]; instructorId: string },
): Promise<void> {
  await query(
    `INSERT INTO analytics_state (time_zone, since, built_at) VALUES ('UTC', now() - interval '4 years', now())
     ON CONFLICT (is_only) DO UPDATE SET since = EXCLUDED.since, built_at = EXCLUDED.built_at`,
    [],
  );
  await query(
    `INSERT INTO course (course_id, title, instructor_id, lessons_listed, lessons_total)
     SELECT 'taught-' || n, 'Course ' || n, $1, true, 0 FROM generate_series(1, $2::int) n`,
    [instructorId, COURSES],
  );
  await query('DELETE FROM course_evaluation', []);
  await query(
    `INSERT INTO analytics_day (course_id, day, enrolled, active, watch_seconds, wau_edge, mau_edge)
     SELECT course_id, current_date - n, 1, 10, 1000000, 1, 1
     FROM (SELECT $1 AS course_id, $2::int AS days UNION ALL SELECT '', $2
           UNION ALL SELECT 'taught-' || n, 60 FROM generate_series(1, $3::int) n) courses,
          generate_series(0, days) n`,
    [courseId, DAYS, COURSES],
  );
  await query(
    `INSERT INTO analytics_month (month, course_id, watch_seconds)
     SELECT date_trunc('month', day::timestamp)::date, course_id, sum(watch_seconds) FROM analytics_day
     WHERE course_id <> '' GROUP BY 1, 2`,
    [],
  );
  await query(
    `INSERT INTO analytics_cohort (course_id, enrolled_week, days_to_complete, learners)
     SELECT $1, date_trunc('week', now())::date - 7 * week, days, 100
     FROM generate_series(0, $2::int) week, generate_series(-1, $3::int) days`,
    [courseId, WEEKS, DAYS_TO_COMPLETE],
  );
  await query(
    `INSERT INTO analytics_silence (course_id, last_active_on, last_lesson_id, learners)
     SELECT $1, current_date - n, lesson_id, 1 FROM generate_series(0, 365) n, unnest($2::varchar[]) lesson_id`,
    [courseId, lessonIds],
  );
  await query(
    `INSERT INTO analytics_lesson (course_id, lesson_id, learners, unique_seconds)
     SELECT $1, lesson_id, 1000000, 1000000 FROM unnest($2::varchar[]) lesson_id
     UNION ALL SELECT $1, 'former-' || n, 1000, 1000 FROM generate_series(1, $3::int) n`,
    [courseId, lessonIds, FORMER_LESSONS],
  );
  await query(
    `INSERT INTO analytics_second (course_id, lesson_id, second, seen, again)
     SELECT $1, lesson_id, n, CASE n WHEN 0 THEN 1000000 ELSE -1 - n % 19 END,
            CASE n WHEN 0 THEN 100000 ELSE n % 21 - 10 END
     FROM unnest($2::varchar[]) lesson_id, generate_series(0, $3::int - 1) n`,
    [courseId, lessonIds, SECONDS],
  );
  await query(
    `INSERT INTO analytics_learner (course_id, user_id, joined, last_active_on, last_lesson_id)
     SELECT $1, 'silent-' || n, 1, current_date - 20 - n % 50, 'former-' || n FROM generate_series(1, $2::int) n`,
    [courseId, LEARNERS],
  );
}
