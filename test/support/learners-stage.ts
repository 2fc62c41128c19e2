import { expect } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { objectId } from '../builders/ids.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { captureLogs, type LogLine } from './logs.ts';
import { startTestApp, type TestApp } from './test-app.ts';
import { signToken } from './tokens.ts';

export const world = platform({ lessons: 3, learners: 16 });
const { course, lessonIds } = world;

export interface Learner {
  id: string;
  client: GraphqlClient;
}

export interface LearnersStage {
  readonly service: TestApp;
  readonly administrator: GraphqlClient;
  /** All log lines of the service. */
  readonly logged: LogLine[];
  /** A learner without any stored data. */
  nextLearner(): Promise<Learner>;
}

/** The service with learners, and short times until erased data is gone. */
export async function startWithLearners(): Promise<LearnersStage> {
  const service = await startTestApp({
    catalogue: world.catalogue,
    environment: { ERASURE_SETTLE_SECONDS: '1', LOG_LEVEL: 'fatal' },
  });
  const logged: LogLine[] = [];
  captureLogs(logged, 'trace');
  const ids = [...world.learnerIds];
  return {
    service,
    administrator: await service.as({ sub: world.administratorId, role: 'admin' }),
    logged,
    async nextLearner() {
      const id = ids.shift()!;
      return { id, client: await service.as({ sub: id, role: 'user' }) };
    },
  };
}

export const CREATE = `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`;
export const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { success } }`;

export const record = (userId: string, lesson: number) => ({
  input: { userId, courseId: course._id, lessonId: lessonIds[lesson] },
});
export const beats = (userId: string, lesson: number) => ({
  input: {
    ...record(userId, lesson).input,
    sessionId: 'phone',
    beats: [{ seq: 0, from: 0, to: 20, at: new Date(Date.now() - 60_000).toISOString() }],
  },
});

/** Writes something into every table that can hold data of a learner. */
export async function learn({ database }: TestApp, { id, client }: Learner): Promise<void> {
  await client.request(WATCH, beats(id, 0));
  for (const lesson of [1, 2]) await client.request(CREATE, record(id, lesson));
  await client.request(
    `mutation ($userId: String!, $lessonId: String!) { updateLessonWatchTime(
      userId: $userId, lessonId: $lessonId, seconds: 5, idempotencyKey: "a") { success } }`,
    { userId: id, lessonId: lessonIds[1] },
  );
  for (const lessonId of lessonIds) {
    const { errors } = await client.request(
      `mutation ($userId: String!, $lessonId: String!) {
        markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { success } }`,
      { userId: id, lessonId },
    );
    expect(errors).toBeUndefined();
  }
  await database.pool.query(
    `INSERT INTO outbox (topic, user_id, course_id, parked_at) VALUES ('certificate.requested', $1, $2, now())`,
    [id, course._id],
  );
  await database.pool.query(`UPDATE course SET evaluated_user_id = $1`, [id]);
  await database.pool.query(
    `INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at, evaluated_user_id, lease_ends_at)
     VALUES ($1, 1, now(), $2, now() + interval '1 hour')`,
    [objectId(), id],
  );
}

/** Checks that the log, of at least that many lines, contains nothing forbidden. */
export async function expectLogsWithoutSecrets(
  logged: readonly LogLine[],
  { moreThan }: { moreThan: number },
): Promise<void> {
  expect(logged.length).toBeGreaterThan(moreThan);
  const text = JSON.stringify(logged);
  expect(text).toContain(world.learnerIds[0]);
  expect(text).not.toMatch(/@test\.example/);
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+/);
  expect(text).not.toContain((await signToken({ sub: 'a', role: 'user' })).split('.')[0]);
  expect(text).not.toContain('a secret for tests only');
}
