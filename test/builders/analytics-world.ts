import type pg from 'pg';

/*
 * A course whose every figure is worked out by hand: docs/analytics.md tells of it. Today is Tuesday, 31 March 2026.
 *
 * Forty learners. Twenty enrolled in December: four completed after 3 days, four after 10, two after 30. Three enrolled
 * on 25 February (one completed after 5 days), two on 3 March, ten on 18 March (two completed after 7 days), five on
 * 30 March. Activity is known since 1 March: three on the 2nd, ten on the 18th, four of these on the 25th, and on the
 * 30th five new ones and one of those of the 2nd.
 */

export const INSTRUCTOR = 'INSTRUCTOR1';
export const COURSE = 'javascript';
/** Nobody has begun it. */
export const EMPTY_COURSE = 'unbegun';
/** Half past nine in the evening in New York: there, it is still 31 March. */
export const AS_OF = '2026-04-01T01:30:00Z';
export const TIME_ZONE = 'America/New_York';

type Row = readonly unknown[];

const COHORTS: Row[] = [
  ['2025-12-22', 3, 4],
  ['2025-12-22', 10, 4],
  ['2025-12-22', 30, 2],
  ['2025-12-22', -1, 10],
  ['2026-02-23', 5, 1],
  ['2026-02-23', -1, 2],
  ['2026-03-02', -1, 2],
  ['2026-03-16', 7, 2],
  ['2026-03-16', -1, 8],
  ['2026-03-30', -1, 5],
];

/** Day; enrolled, of these completed; courses completed, certificates; active, seconds, lessons; edges of 7 and 30 days. */
const DAYS: Row[] = [
  ['2025-12-24', 20, 10, 0, 0, 0, 0, 0, 0, 0],
  ['2025-12-27', 0, 0, 4, 4, 0, 0, 0, 0, 0],
  ['2026-01-03', 0, 0, 4, 4, 0, 0, 0, 0, 0],
  ['2026-01-23', 0, 0, 2, 2, 0, 0, 0, 0, 0],
  ['2026-02-25', 3, 1, 0, 0, 0, 0, 0, 0, 0],
  ['2026-03-02', 0, 0, 1, 1, 3, 900, 1, 3, 3],
  ['2026-03-03', 2, 0, 0, 0, 0, 0, 0, 0, 0],
  ['2026-03-09', 0, 0, 0, 0, 0, 0, 0, -3, 0],
  ['2026-03-18', 10, 2, 0, 0, 10, 3_000, 8, 10, 10],
  ['2026-03-25', 0, 0, 2, 1, 4, 1_200, 6, -6, 0],
  ['2026-03-30', 5, 0, 0, 0, 6, 600, 2, 6, 5],
  ['2026-04-01', 0, 0, 0, 0, 0, 0, 0, -4, -2],
];

/** The last day with activity, the lesson, learners: those 27 who have not completed the course. */
const SILENCE: Row[] = [
  ['2026-03-30', 'scope', 5],
  ['2026-03-30', 'closures', 1],
  ['2026-03-25', 'modules', 2],
  ['2026-03-18', 'closures', 6],
  ['2026-03-17', 'closures', 3],
  ['2026-02-20', 'closures', 4],
  ['2025-12-31', 'scope', 2],
  ['2025-12-30', '', 4],
];

/** Lesson; learners, completed; seconds of watch time, unique, rewatched. */
const LESSONS: Row[] = [
  ['scope', 36, 30, 3_366, 3_060, 306],
  ['closures', 25, 15, 2_060, 1_648, 412],
  ['modules', 10, 8, 300, 150, 50],
  ['exercise', 4, 0, 40, 40, 0],
  ['old-intro', 21, 21, 210, 210, 0],
];

/** Lesson, second; learners more who see it from there on, and who see it again. */
const SECONDS: Row[] = [
  ['scope', 0, 36, 0],
  ['scope', 10, -6, 0],
  ['scope', 100, -30, 0],
  ['closures', 0, 25, 0],
  ['closures', 10, 0, 10],
  ['closures', 14, 0, -10],
  ['closures', 20, -5, 0],
  ['closures', 40, -2, 0],
  ['closures', 60, -8, 0],
  ['closures', 70, 0, 5],
  ['closures', 80, 0, -5],
  ['closures', 97, -4, 0],
  ['closures', 100, -6, 0],
];

const LISTED: Row[] = [
  ['scope', 'Scope', 1, 100],
  ['closures', 'Closures', 2, 100],
  ['modules', 'Modules', 3, 20],
  ['exercise', 'Exercise', 4, 60],
];

/** Learners at risk by name, those who have completed or left, and those who are lost. */
const LEARNERS: Row[] = [
  ...['r1', 'r2', 'r3'].map((id) => [id, 1, '2026-03-03', null, '2026-03-17', 'closures']),
  ...['r4', 'r5', 'r6', 'r7'].map((id) => [id, 1, '2025-12-24', null, '2026-02-20', 'closures']),
  ...['r8', 'r9'].map((id) => [id, 1, '2025-12-24', null, '2025-12-31', 'scope']),
  ...['l1', 'l2', 'l3', 'l4'].map((id) => [id, 1, '2025-12-24', null, '2025-12-30', '']),
  ['active', 1, '2026-03-18', null, '2026-03-18', 'closures'],
  ['completer', 1, '2025-12-24', '2026-01-03', '2026-01-03', 'modules'],
  ['gone', 0, '2025-12-24', null, '2026-02-20', 'closures'],
];

/** Learner, day, course; seconds, lessons, whether the learner was active. */
const LEARNER_DAYS: Row[] = [
  ['r1', '2026-03-10', COURSE, 600, 1, true],
  ['r1', '2026-03-10', 'another', 300, 0, true],
  ['r1', '2026-03-11', COURSE, 120, 0, true],
  ['r1', '2026-03-12', COURSE, 0, 0, true],
  ['r1', '2026-03-13', COURSE, 0, 1, false],
  ['r1', '2026-03-17', COURSE, 60, 0, true],
  ['active', '2026-03-29', 'another', 30, 0, true],
  ['active', '2026-03-30', 'another', 30, 0, true],
];

/** The whole platform: another course was watched, too. */
const PLATFORM_DAYS: Row[] = [
  ['2026-03-18', 12, 2, 0, 0, 11, 3_600, 9, 11, 11],
  ['2026-03-25', 0, 0, 3, 2, 4, 1_200, 6, -7, 0],
  ['2026-03-30', 5, 0, 0, 0, 7, 660, 2, 7, 6],
];

/** Stores the course and its figures. */
export async function analyticsWorld(pool: pg.Pool): Promise<void> {
  const insert = (into: string, rows: readonly Row[], prefix: Row = []): Promise<unknown> => {
    const values = rows.map((row) => [...prefix, ...row]);
    const width = values[0]!.length;
    const places = values.map(
      (_row, index) => `(${values[0]!.map((_, at) => `$${index * width + at + 1}`).join(', ')})`,
    );
    return pool.query(`INSERT INTO ${into} VALUES ${places.join(', ')}`, values.flat());
  };
  await insert('course (course_id, title, instructor_id, lessons_listed, lessons_total)', [
    [COURSE, 'JavaScript in depth', INSTRUCTOR, true, 4],
    [EMPTY_COURSE, 'A course to come', INSTRUCTOR, true, 0],
    ['another', 'Cooking', 'INSTRUCTOR2', true, 1],
  ]);
  await insert('course_lesson (course_id, lesson_id, title, position, duration_seconds)', LISTED, [
    COURSE,
  ]);
  await insert(
    'unlisted_lesson (course_id, lesson_id, title, duration_seconds)',
    [['old-intro', 'Welcome', 20]],
    [COURSE],
  );
  // Triggers have asked for evaluations, which are not what is tested.
  for (const table of ['unreconciled_lesson', 'course_evaluation']) {
    await pool.query(`DELETE FROM ${table}`);
  }
  const days = `analytics_day (course_id, day, enrolled, enrolled_completed, courses_completed, certificates,
                               active, watch_seconds, lessons_completed, wau_edge, mau_edge)`;
  await insert(days, DAYS, [COURSE]);
  await insert(days, PLATFORM_DAYS, ['']);
  await insert(days, [['2026-03-18', 2, 0, 0, 0, 1, 600, 1, 1, 1]], ['another']);
  await pool.query(`
    INSERT INTO analytics_month (month, course_id, watch_seconds)
    SELECT date_trunc('month', day::timestamp)::date, course_id, sum(watch_seconds) FROM analytics_day
    WHERE course_id <> '' GROUP BY 1, 2`);
  await insert('analytics_cohort', COHORTS, [COURSE]);
  await insert('analytics_silence', SILENCE, [COURSE]);
  await insert('analytics_lesson', LESSONS, [COURSE]);
  await insert('analytics_second', SECONDS, [COURSE]);
  await insert(
    'analytics_learner (course_id, user_id, joined, enrolled_on, completed_on, last_active_on, last_lesson_id)',
    LEARNERS,
    [COURSE],
  );
  await insert(
    'course_progress (course_id, user_id, lessons_started, listed_completed, lessons_total)',
    [
      ['r1', 3, 2, 4],
      ['r2', 2, 1, 4],
      ['r3', 1, 0, 4],
    ],
    [COURSE],
  );
  await insert(
    'learner_day (user_id, day, course_id, seconds, lessons_completed, last_at)',
    LEARNER_DAYS.map((row) => [...row.slice(0, 5), row[5] ? row[1] : null]),
  );
}
