import { afterAll, beforeAll, expect, it } from 'vitest';
import { COURSE } from '../builders/analytics-world.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  dataOf,
  refusalOf,
  startAnalyticsStage,
  type AnalyticsStage,
} from '../support/analytics-stage.ts';

let stage: AnalyticsStage;
let instructor: GraphqlClient;
beforeAll(async () => {
  stage = await startAnalyticsStage();
  ({ instructor } = stage);
});
afterAll(() => stage.close());

const query = (text: string) => stage.service.database.pool.query(text);

const curve = async (selection: string, firstSeconds?: number) =>
  (
    await dataOf(
      instructor,
      `query ($seconds: Int) {
         lessonAnalytics(courseId: "${COURSE}", lessonId: "closures", firstSeconds: $seconds) { data { ${selection} } } }`,
      { seconds: firstSeconds },
    )
  ).data;

it('a curve has one point a second, where as many are asked for', async () => {
  const { seen, seconds_per_point } = await curve('seen seconds_per_point');
  expect(seconds_per_point).toBe(1);
  expect(seen).toHaveLength(100);
  expect([seen[19], seen[20], seen[96], seen[97]]).toEqual([100, 80, 40, 24]);
});

it('a curve ends where nobody saw more, while the length of the lesson is not known', async () => {
  await query(`UPDATE course_lesson SET duration_seconds = NULL WHERE lesson_id = 'closures'`);
  // Of a record that was deleted.
  await query(`
    INSERT INTO analytics_second (course_id, lesson_id, second, seen) VALUES ('${COURSE}', 'closures', 150, 0)`);
  expect((await curve('seen', 50)).seen).toHaveLength(50);
  const {
    seen,
    duration_seconds,
    lesson: whole,
  } = await curve('seen duration_seconds lesson { average_coverage intro_hold }');
  expect(duration_seconds).toBeNull();
  expect(seen).toHaveLength(100);
  expect(whole).toEqual({ average_coverage: null, intro_hold: 80 });
});

it('a curve is cut at the present length, and nobody saw more than all of it', async () => {
  await query(`UPDATE course_lesson SET duration_seconds = 40 WHERE lesson_id = 'closures'`);
  const { seen, lesson: whole } = await curve('seen lesson { average_coverage }');
  expect(seen).toHaveLength(40);
  expect(whole.average_coverage).toBe(100);
  await query(`UPDATE course_lesson SET duration_seconds = 100 WHERE lesson_id = 'closures'`);
  await query('DELETE FROM unreconciled_lesson');
  await query('DELETE FROM course_evaluation');
});

it('a curve of the first seconds is that of a lesson that ends there, and several may be asked for at once', async () => {
  const selection = 'duration_seconds seen leave_points { at from to lost } hotspots { from to }';
  const whole = await curve(selection);
  expect(await curve(selection, 100)).toEqual(whole);
  const { duration_seconds, seen, leave_points, hotspots } = await curve(selection, 50);
  expect(duration_seconds).toBe(100);
  expect(seen).toEqual(whole.seen.slice(0, 50));
  expect(leave_points).toEqual([{ at: 20, from: 15, to: 20, lost: 5 }]);
  expect(hotspots).toEqual([{ from: 10, to: 14 }]);

  const lessons = (given: string) =>
    `{ ${['a', 'b', 'c'].map((alias) => `${alias}: lessonAnalytics(courseId: "${COURSE}", lessonId: "closures"${given}) { success }`).join(' ')} }`;
  expect(await refusalOf(instructor, lessons(''))).toMatchObject({ cost: 1_800, limit: 1_000 });
  expect(await refusalOf(instructor, lessons(', firstSeconds: null'))).toMatchObject({
    cost: 1_800,
  });
  const { errors } = await instructor.request(lessons(', firstSeconds: 600'));
  expect(errors).toBeUndefined();
});

it.each([0, 86_401])('a curve of the first %i seconds is refused', async (seconds) => {
  const document = `{ lessonAnalytics(courseId: "${COURSE}", lessonId: "closures", firstSeconds: ${seconds}) { success } }`;
  expect(await refusalOf(instructor, document)).toMatchObject({ code: 'BAD_USER_INPUT' });
});

it.each([0, 1_001])('a curve of %i points is refused', async (points) => {
  const document = `{ lessonAnalytics(courseId: "${COURSE}", lessonId: "closures", points: ${points}) { success } }`;
  expect(await refusalOf(instructor, document)).toMatchObject({ code: 'BAD_USER_INPUT' });
});

it('a curve of a lesson that the course never had is not found', async () => {
  const document = `{ lessonAnalytics(courseId: "${COURSE}", lessonId: "unheard-of") { success } }`;
  expect(await refusalOf(instructor, document)).toMatchObject({
    code: 'NOT_FOUND',
    resource: 'lesson',
  });
});
