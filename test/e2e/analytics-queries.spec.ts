import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, COURSE, EMPTY_COURSE, INSTRUCTOR, TIME_ZONE } from '../builders/analytics-world.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  dataOf,
  refusalOf,
  startAnalyticsStage,
  type AnalyticsStage,
} from '../support/analytics-stage.ts';

let stage: AnalyticsStage;
let instructor: GraphqlClient;
let administrator: GraphqlClient;
beforeAll(async () => {
  stage = await startAnalyticsStage();
  ({ instructor, administrator } = stage);
});
afterAll(() => stage.close());

const query = (text: string, values?: unknown[]) => stage.service.database.pool.query(text, values);

const course = async (selection: string, courseId = COURSE, variables = {}) =>
  (
    await dataOf(
      instructor,
      `query ($id: String!, $from: Date, $to: Date) {
         courseAnalytics(courseId: $id, from: $from, to: $to) { data { ${selection} } } }`,
      { id: courseId, ...variables },
    )
  ).data;

const lesson = async (selection: string, lessonId = 'closures', points?: number) =>
  (
    await dataOf(
      instructor,
      `query ($lesson: String!, $points: Int) {
         lessonAnalytics(courseId: "${COURSE}", lessonId: $lesson, points: $points) { data { ${selection} } } }`,
      { lesson: lessonId, points },
    )
  ).data;

describe('the figures of a course that nobody has begun', () => {
  it('are zero or null, never NaN', async () => {
    const figures = await course(
      `title learners completers completion_rate completion_rate_settled median_days_to_complete
       p90_days_to_complete days_to_complete { days } at_risk lost certificates_issued watch_time_seconds
       lessons { lessonId } worst_drop_off { lessonId } cohorts { week } period { enrolled monthly_active }`,
      EMPTY_COURSE,
    );
    expect(figures).toEqual({
      title: 'A course to come',
      learners: 0,
      completers: 0,
      completion_rate: null,
      completion_rate_settled: null,
      median_days_to_complete: null,
      p90_days_to_complete: null,
      days_to_complete: [],
      at_risk: 0,
      lost: 0,
      certificates_issued: 0,
      watch_time_seconds: 0,
      lessons: [],
      worst_drop_off: null,
      cohorts: [],
      period: { enrolled: 0, monthly_active: 0 },
    });
  });
});

describe('days before activity was known', () => {
  it('have no activity, but enrolments and completions', async () => {
    const { days, period } = await course(
      `days { day enrolled active watch_time_seconds lessons_completed weekly_active monthly_active }
       period { enrolled watch_time_seconds monthly_active }`,
      COURSE,
      { from: '2026-02-25', to: '2026-02-26' },
    );
    expect(days[0]).toEqual({
      day: '2026-02-25',
      enrolled: 3,
      active: null,
      watch_time_seconds: null,
      lessons_completed: null,
      weekly_active: null,
      monthly_active: null,
    });
    expect(period).toEqual({ enrolled: 3, watch_time_seconds: null, monthly_active: null });
  });

  it('end with the first day of activity', async () => {
    const { days } = await course('days { day active weekly_active }', COURSE, {
      from: '2026-02-28',
      to: '2026-03-02',
    });
    expect(days).toEqual([
      { day: '2026-02-28', active: null, weekly_active: null },
      { day: '2026-03-01', active: 0, weekly_active: 0 },
      { day: '2026-03-02', active: 3, weekly_active: 3 },
    ]);
  });
});

describe('a period', () => {
  it('ends today in the zone of the figures, also for a client who is a day ahead', async () => {
    const { period } = await course('period { from to }', COURSE, {
      from: '2026-03-31',
      to: '2026-04-02',
    });
    expect(period).toEqual({ from: '2026-03-31', to: '2026-03-31' });
  });

  it('is compared by the days that are over: with today left out, with as many days of the one before', async () => {
    const days = 'whole_days { period { from to } period_before { from to } }';
    const of = async (period: object) => (await course(days, COURSE, period)).whole_days;
    expect(await of({ from: '2026-03-25' })).toEqual({
      period: { from: '2026-03-25', to: '2026-03-30' },
      period_before: { from: '2026-03-18', to: '2026-03-23' },
    });
    expect(await of({ from: '2026-03-25', to: '2026-03-30' })).toEqual({
      period: { from: '2026-03-25', to: '2026-03-30' },
      period_before: { from: '2026-03-19', to: '2026-03-24' },
    });
    expect(await of({ from: '2026-03-31' })).toBeNull();
  });

  it.each([
    [{ from: '2026-03-20', to: '2026-03-10' }],
    [{ from: '2025-03-30' }],
    [{ from: '2026-04-02' }],
  ])('that cannot be is refused: %j', async (period) => {
    for (const [client, name] of [
      [instructor, `courseAnalytics(courseId: "${COURSE}", from: $from, to: $to)`],
      [administrator, 'platformAnalytics(from: $from, to: $to)'],
      [administrator, 'learningActivity(userId: "r1", from: $from, to: $to)'],
    ] as const) {
      const document = `query ($from: Date, $to: Date) { ${name} { success } }`;
      expect(await refusalOf(client, document, period)).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ field: 'from' }],
      });
    }
  });

  it('of something else than dates is refused', async () => {
    const document = `{ courseAnalytics(courseId: "${COURSE}", from: "2026-02-30") { success } }`;
    expect(await refusalOf(instructor, document)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('few learners', () => {
  it('have no percentages: 19 are too few, 20 are not', async () => {
    const { lessons } = await course('lessons { lessonId started average_coverage }');
    const coverageOf = (id: string) =>
      lessons.find(({ lessonId }: { lessonId: string }) => lessonId === id).average_coverage;
    expect(coverageOf('old-intro')).toBe(50);
    await query(
      `UPDATE analytics_lesson SET learners = CASE lesson_id WHEN 'old-intro' THEN 20 ELSE 19 END
       WHERE course_id = $1 AND lesson_id IN ('old-intro', 'closures')`,
      [COURSE],
    );
    const after = await course(
      'lessons { lessonId average_coverage intro_hold rewatch_ratio } worst_drop_off { lessonId }',
    );
    expect(after.lessons).toContainEqual(
      expect.objectContaining({ lessonId: 'old-intro', average_coverage: 52.5 }),
    );
    expect(after.lessons).toContainEqual({
      lessonId: 'closures',
      average_coverage: null,
      intro_hold: null,
      rewatch_ratio: null,
    });
    // Two of 36 stopped there: the lesson in which more stopped has too few who began it.
    expect(after.worst_drop_off).toEqual({ lessonId: 'scope' });
    await query(
      `UPDATE analytics_lesson SET learners = CASE lesson_id WHEN 'old-intro' THEN 21 ELSE 25 END
       WHERE course_id = $1 AND lesson_id IN ('old-intro', 'closures')`,
      [COURSE],
    );
  });

  it('have no curve: four are too few, five are not', async () => {
    const selection =
      'learners withheld seen replayed seconds_per_point hotspots { from } leave_points { at }';
    expect(await lesson(selection, 'exercise')).toEqual({
      learners: 4,
      withheld: true,
      seen: [],
      replayed: [],
      seconds_per_point: 1,
      hotspots: [],
      leave_points: [],
    });
    await query(
      `UPDATE analytics_lesson SET learners = 5 WHERE course_id = $1 AND lesson_id = 'exercise'`,
      [COURSE],
    );
    const shown = await lesson(selection, 'exercise', 2);
    expect(shown).toMatchObject({ withheld: false, seen: [0, 0], replayed: [null, null] });
    await query(
      `UPDATE analytics_lesson SET learners = 4 WHERE course_id = $1 AND lesson_id = 'exercise'`,
      [COURSE],
    );
  });
});

describe('what is asked for', () => {
  it('may be the moment alone: a page asks again and again whether there is something new', async () => {
    expect(await course('as_of time_zone')).toEqual({
      as_of: new Date(AS_OF).toISOString(),
      time_zone: TIME_ZONE,
    });
  });

  it('is said in the language of the request', async () => {
    const german = await stage.service.as({ sub: INSTRUCTOR, role: 'instructor' }, 'de');
    const document = `{ courseAnalytics(courseId: "${COURSE}") { message } }`;
    expect(await dataOf(german, document)).toEqual({ message: 'Zahlen des Kurses gefunden.' });
  });

  it('says that the course has changed and its learners are being counted anew', async () => {
    await query(
      `INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at, lease_token, lease_ends_at)
       VALUES ($1, 2, now(), gen_random_uuid(), now() + interval '1 hour')`,
      [COURSE],
    );
    expect(await course('being_evaluated')).toEqual({ being_evaluated: true });
    await query('DELETE FROM course_evaluation');
    expect(await course('being_evaluated')).toEqual({ being_evaluated: false });
  });
});

it('a course without a list of lessons has no former ones', async () => {
  await query(`UPDATE course SET lessons_listed = false WHERE course_id = $1`, [COURSE]);
  const { lessons } = await course('lessons { lessonId listed title }');
  expect(lessons.at(-1)).toEqual({ lessonId: 'old-intro', listed: true, title: 'Welcome' });
  await query(`UPDATE course SET lessons_listed = true WHERE course_id = $1`, [COURSE]);
});

it('figures that were never built from the records are not shown: not even as zero', async () => {
  await stage.holdAgain(false);
  for (const asked of [
    `courseAnalytics(courseId: "${COURSE}")`,
    `lessonAnalytics(courseId: "${COURSE}", lessonId: "closures")`,
    `courseLearnersAtRisk(courseId: "${COURSE}")`,
    'myCourses',
    'platformAnalytics',
    'learningActivity(userId: "r1")',
  ]) {
    expect(await refusalOf(administrator, `{ ${asked} { success } }`), asked).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      state: 'NOT_BUILT',
    });
  }
  await stage.holdAgain(true);
});
