import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COURSE, EMPTY_COURSE } from '../builders/analytics-world.ts';
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

describe('learners at risk', () => {
  const LIST = `query ($days: Int, $first: Int, $after: String) {
    courseLearnersAtRisk(courseId: "${COURSE}", silentDays: $days, first: $first, after: $after) {
      total_learners edges { node { userId completed_lessons } } pageInfo { endCursor hasNextPage } } }`;

  it('are walked page by page, latest first, without those who completed, left or are lost', async () => {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: any = await dataOf(instructor, LIST, { first: 4, after });
      found.push(...page.edges.map(({ node }: any) => node.userId));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(['r3', 'r2', 'r1', 'r7', 'r6', 'r5', 'r4', 'r9', 'r8']);
  });

  it('are fewer, the longer they must have been silent', async () => {
    const users = async (days: number) => {
      const page = await dataOf(instructor, LIST, { days, first: 20 });
      expect(page.total_learners).toBe(page.edges.length);
      return page.edges.map(({ node }: any) => node.userId);
    };
    expect(await users(90)).toEqual(['r9', 'r8']);
    expect(await users(15)).toHaveLength(6);
    expect(await refusalOf(instructor, LIST, { days: 91 })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('are not told where to go on by the cursor of another list', async () => {
    const { pageInfo } = await dataOf(instructor, LIST, { first: 1 });
    const other = { first: 1, days: 20, after: pageInfo.endCursor };
    expect(await refusalOf(instructor, LIST, other)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('my courses', () => {
  const LIST = `query ($order: MyCoursesOrder, $first: Int, $after: String) {
    myCourses(orderBy: $order, first: $first, after: $after) {
      edges { node { courseId } } pageInfo { endCursor hasNextPage } } }`;

  it.each([
    ['TITLE_ASC', [EMPTY_COURSE, COURSE]],
    ['LEARNERS_DESC', [COURSE, EMPTY_COURSE]],
    ['AT_RISK_DESC', [COURSE, EMPTY_COURSE]],
  ])('are walked page by page in the order %s, without those of others', async (order, ids) => {
    const first = await dataOf(instructor, LIST, { order, first: 1 });
    const after = first.pageInfo.endCursor;
    const second = await dataOf(instructor, LIST, { order, first: 1, after });
    expect([...first.edges, ...second.edges].map(({ node }) => node.courseId)).toEqual(ids);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('are none of somebody who teaches nothing', async () => {
    const nobody = await stage.service.as({ sub: 'INSTRUCTOR3', role: 'instructor' });
    expect((await dataOf(nobody, LIST)).edges).toEqual([]);
  });
});

describe('a learner’s activity', () => {
  it('has a streak that goes on, if yesterday was active', async () => {
    const document = `{ learningActivity(userId: "active") { data { current_streak longest_streak active_days } } }`;
    expect((await dataOf(administrator, document)).data).toEqual({
      current_streak: 2,
      longest_streak: 2,
      active_days: 2,
    });
  });
});
