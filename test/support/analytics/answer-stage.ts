import { createTestDatabase } from '../database.ts';
import type { GraphqlClient } from '../graphql-client.ts';
import { DatabaseClock } from './database-clock.ts';
import type { LearningWorld } from './learning-world.ts';
import { QUESTIONS, type Question } from './questions.ts';
import { Recounted } from './recounted.ts';
import { WriteStage } from './write-stage.ts';

const LEAST_GROUP = 3;
/** More than any list has. */
const NODES_MAXIMUM = 100;
export const TEACHER = 'TEACHER1';

/** How figures are asked for. */
export interface Asked {
  at: Date;
  timeZone: string;
  since: Date;
  courseId: string;
  lessonId: string;
  learner: string;
  points: number;
  silentDays: number;
  /** Rows a page. */
  first: number;
  orderBy: string;
  from: string;
  to: string;
}

/** By query: what the service answers, and what a recount gives. */
export type Answers = Partial<Record<Question, { told: unknown; counted: unknown }>>;

/** Two processes that write, whose time is set, and who asks them for figures through GraphQL. */
export class AnswerStage {
  private constructor(
    readonly writes: WriteStage,
    readonly clock: DatabaseClock,
    private readonly recounted: Recounted,
    private readonly client: GraphqlClient,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<AnswerStage> {
    const database = await createTestDatabase();
    const clock = await DatabaseClock.install(database);
    const recounted = await Recounted.install(database.pool);
    const writes = await WriteStage.open(
      {
        // Few seconds complete a lesson, and two lessons a course, at whatever time of the year they were watched.
        ...{ WATCH_MAX_AGE_HOURS: '8760', COMPLETE_AT_COVERAGE: '0.3' },
        ANALYTICS_MIN_GROUP: String(LEAST_GROUP),
      },
      database,
    );
    const client = await writes.as({ sub: TEACHER, role: 'admin' });
    return new AnswerStage(writes, clock, recounted, client, () => database.drop());
  }

  async close(): Promise<void> {
    await this.writes.close();
    await this.drop();
  }

  /** Asks every query, while everything is folded and time stands still. */
  async ask({ learning }: LearningWorld, asked: Asked): Promise<Answers> {
    const { at: asOf, timeZone, since, courseId, lessonId, learner } = asked;
    const { points, silentDays, first, orderBy, from, to } = asked;
    await this.recounted.observe(learning, { timeZone, since, asOf, leastGroup: LEAST_GROUP });
    const [course, lesson, atRisk, courses, platform, activity] = await Promise.all([
      this.one('courseAnalytics', asOf, { courseId, from, to }),
      this.one('lessonAnalytics', asOf, { courseId, lessonId, points }),
      this.all('courseLearnersAtRisk', asOf, { courseId, silentDays, first }),
      this.all('myCourses', asOf, { orderBy, first }),
      this.one('platformAnalytics', asOf, { from, to }),
      this.one('learningActivity', asOf, { userId: learner, from, to }),
    ]);
    const counted = (query: string, ...values: unknown[]) => this.recounted.of(query, ...values);
    return {
      courseAnalytics: {
        told: course,
        counted: await counted('course_analytics', courseId, from, to),
      },
      lessonAnalytics: {
        told: lesson,
        counted: await counted('lesson_analytics', courseId, lessonId, points),
      },
      courseLearnersAtRisk: {
        told: atRisk,
        counted: await counted('course_learners_at_risk', courseId, silentDays),
      },
      myCourses: { told: courses, counted: await counted('my_courses', TEACHER, orderBy) },
      platformAnalytics: { told: platform, counted: await counted('platform_analytics', from, to) },
      learningActivity: {
        told: activity,
        counted: await counted('learning_activity', learner, from, to),
      },
    };
  }

  /** The figures of an answer; null where there is no such thing. */
  private async one(query: Question, asOf: Date, variables: object): Promise<unknown> {
    const answer = await this.answer(query, variables);
    if (answer === null) return null;
    const { as_of, ...figures } = answer.data;
    return { ...figures, ...(as_of !== asOf.toISOString() && { as_of }) };
  }

  /** A list with the nodes of all its pages together. */
  private async all(query: Question, asOf: Date, variables: object): Promise<unknown> {
    const nodes: unknown[] = [];
    let after: string | null = null;
    while (nodes.length < NODES_MAXIMUM) {
      const { edges, pageInfo, as_of, ...list } = await this.answer(query, { ...variables, after });
      nodes.push(...edges.map(({ node }: { node: unknown }) => node));
      if (as_of !== asOf.toISOString()) nodes.push({ as_of });
      if (!pageInfo.hasNextPage) return { ...list, nodes };
      after = pageInfo.endCursor;
    }
    throw new Error(`${query} has no last page`);
  }

  private async answer(query: Question, variables: object): Promise<any> {
    const { data, errors } = await this.client.request(QUESTIONS[query], { ...variables });
    if (errors?.[0]!.extensions.code === 'NOT_FOUND') return null;
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return data[query];
  }
}
