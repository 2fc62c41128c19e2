import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { WITH_PAST } from '../../sandbox/history/catalogue.ts';
import { PAST_COURSES } from '../../sandbox/history/courses.ts';
import { PAST_LEARNERS } from '../../sandbox/history/crowd.ts';
import { pastOf } from '../../sandbox/history/past-learner.ts';
import { planHistory, type Plan } from '../../sandbox/history/plan.ts';
import { storeHistory, type HistoryParts } from '../../sandbox/history/store-history.ts';
import { build } from '../../scripts/build.ts';
import { ELSEWHERE, startBuilt } from '../support/built-program.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { succeed } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Enough for each figure to be shown. */
const LEARNERS = PAST_LEARNERS.slice(0, 800);
const REFRESH = 'mutation ($id: String!) { refreshCourse(courseId: $id) { message } }';
const [bread, latteArt] = PAST_COURSES;

let service: TestApp;
let instructor: GraphqlClient;
let parts: HistoryParts;
let plan: Plan | null;

beforeAll(async () => {
  if (!build()) throw new Error('The service is not built');
  service = await startTestApp({ catalogue: WITH_PAST });
  const { administrator, instructors } = SANDBOX;
  instructor = await service.as({ sub: instructors[0]!.id, role: 'instructor' });
  const client = await service.as({ sub: administrator.id, role: 'admin' });
  parts = {
    learners: LEARNERS,
    database: service.database.pool,
    certificates: service.peers!.certificates,
    refreshCourse: async (id) => {
      await succeed(client, REFRESH, { id });
    },
  };
  await storeInTwoAttempts();
});
afterAll(() => service.close());

/** The first one ends between the certificate service and the database. */
async function storeInTwoAttempts(): Promise<void> {
  const { certificates } = parts;
  let portions = 0;
  const breaks = {
    adopt: (issued: Parameters<typeof certificates.adopt>[0]) => {
      certificates.adopt(issued);
      if ((portions += 1) === 3) throw new Error('killed');
    },
  };
  const run = async (given: HistoryParts) => {
    plan = await planHistory(given.database);
    await storeHistory(plan!, given, new AbortController().signal);
  };
  await expect(run({ ...parts, certificates: breaks })).rejects.toThrow('killed');
  await run(parts);
}

const count = async (text: string): Promise<number> =>
  Number((await service.database.pool.query(`SELECT count(*) FROM ${text}`)).rows[0].count);

describe('the history of a new sandbox', () => {
  it('is stored once, though it was interrupted, and not again', async () => {
    const { endsAt } = plan!;
    const active = LEARNERS.filter((_, number) => pastOf(number, endsAt).length > 0);
    expect(await count('(SELECT DISTINCT user_id FROM course_progress) learners')).toBe(
      active.length,
    );
    expect(await planHistory(service.database.pool)).toBeNull();
  });

  it.each([[[]], [['--analytics']]])('passes progress:verify %j', async (args) => {
    const environment = { ...ELSEWHERE, ...service.database.environment };
    const verify = startBuilt('cli/verify.js', { environment, args });
    const code = await verify.exited;
    expect(verify.stdout + verify.stderr).toMatch(/^Every (rollup|figure)/);
    expect(code).toBe(0);
  });

  it('has a certificate for each completed course, which nobody had to ask for', async () => {
    const { certificates } = service.peers!;
    const completed = await count('course_progress WHERE completed_at IS NOT NULL');
    expect(completed).toBeGreaterThan(20);
    expect(await count(`certificate WHERE status = 'ISSUED'`)).toBe(completed);
    expect(certificates.issued).toHaveLength(completed);
    expect(certificates.requests.filter(({ subject }) => /create/i.test(subject))).toEqual([]);
    expect(await count('outbox')).toBe(0);
  });

  it('shows learners that come and go', async () => {
    const { data } = await succeed(
      instructor,
      `query ($id: String!) { courseAnalytics(courseId: $id) { data {
        completion_rate_settled median_days_to_complete at_risk lost certificates_issued
        worst_drop_off { title } cohorts { learners } days { active }
} } }`,
      { id: bread!._id },
    );
    expect(data.worst_drop_off.title).toEqual(expect.any(String));
    expect(data.cohorts.length).toBeGreaterThan(3);
    expect(data.days.filter(({ active }: { active: number }) => active > 0).length).toBeGreaterThan(
      25,
    );
    const { at_risk, lost, certificates_issued, median_days_to_complete } = data;
    for (const figure of [at_risk, lost, certificates_issued, median_days_to_complete]) {
      expect(figure).toBeGreaterThan(0);
    }
  });

  it('shows where lessons are left, and what is replayed', async () => {
    const lessons = latteArt!.sections!.flatMap((section) => section.lessons);
    const curves = await Promise.all(
      lessons.map(async ({ _id: lessonId }) => {
        const { data } = await succeed(
          instructor,
          `query ($courseId: String!, $lessonId: String!) {
            lessonAnalytics(courseId: $courseId, lessonId: $lessonId) {
              data { hotspots { from to } leave_points { at } } } }`,
          { courseId: latteArt!._id, lessonId },
        );
        return data as { hotspots: { from: number; to: number }[]; leave_points: unknown[] };
      }),
    );
    const [hotspot] = curves[lessons.findIndex(({ title }) => title === 'The tulip')]!.hotspots;
    expect(hotspot!.from).toBeGreaterThan(275);
    expect(hotspot!.to).toBeLessThan(350);
    expect(curves.flatMap((curve) => curve.leave_points).length).toBeGreaterThan(0);
  });

  it('gives the learner of the sandbox a streak', async () => {
    const { id } = SANDBOX.learners[0]!;
    const learner = await service.as({ sub: id, role: 'user' });
    const { data } = await succeed(
      learner,
      `query ($id: String!) { learningActivity(userId: $id) { data { current_streak longest_streak } } }`,
      { id },
    );
    expect(data).toEqual({ current_streak: 7, longest_streak: 11 });
  });

  it('gives that learner a lesson to go on with', async () => {
    const { id } = SANDBOX.learners[0]!;
    const learner = await service.as({ sub: id, role: 'user' });
    const { items } = await succeed(
      learner,
      `query ($id: String!) { userProgressList(filter: { userId: $id, completed: false }) {
        success items { lessonId position_seconds } } }`,
      { id },
    );
    expect(items).toEqual([{ lessonId: expect.any(String), position_seconds: 312 }]);
  });

  it('lists all courses of its instructor, also those that nobody has begun', async () => {
    const { edges } = await succeed(
      instructor,
      `{ myCourses(first: 100) { success edges { node { title } } } }`,
      {},
    );
    const own = WITH_PAST.courses.filter(
      ({ instructorId }) => instructorId === SANDBOX.instructors[0]!.id,
    );
    const titles = (edges as { node: { title: string } }[]).map(({ node }) => node.title);
    expect(titles.toSorted()).toEqual(own.map(({ title }) => title).toSorted());
    expect(titles).toContain(SANDBOX.shortCourse.title);
  });
});
