import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExportCursor } from '../../src/modules/privacy/export-cursor.js';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  expectLogsWithoutSecrets,
  learn,
  startWithLearners,
  world,
  type LearnersStage,
} from '../support/learners-stage.ts';
import type { TestApp } from '../support/test-app.ts';

const { course, lessonIds } = world;
let service: TestApp;
let administrator: GraphqlClient;
let logged: LearnersStage['logged'];
let nextLearner: LearnersStage['nextLearner'];

beforeAll(async () => {
  ({ service, administrator, logged, nextLearner } = await startWithLearners());
});
afterAll(() => service.close());

const EXPORT = `query ($userId: String!, $after: String) { exportUserData(userId: $userId, after: $after) {
  success message data { userId next
    records { id lessonId courseId completed completed_at watch_time_seconds position_seconds position_at
      unique_seconds rewatched_seconds watched { from to } createdAt updatedAt deletedAt }
    courses { courseId lessons_started lessons_completed watch_time_seconds completed_at last_activity_at }
    certificates { courseId status completed_at requested_at issued_at reason }
    sessions { sessionId counted { from to } last_seen_at }
    clock { hour credited { from to rate } slack_used_seconds }
    idempotency_keys { key lessonId seconds createdAt } } } }`;

describe('exportUserData', () => {
  it('gives everything that is kept, to the learner', async () => {
    const { id, client } = await nextLearner();
    await learn(service, { id, client });
    const { data, errors } = await client.request(EXPORT, { userId: id });
    expect(errors).toBeUndefined();
    const exported = data.exportUserData.data;
    expect(exported.records).toHaveLength(3);
    expect(exported.records.find((entry: any) => entry.lessonId === lessonIds[0])).toMatchObject({
      courseId: course._id,
      completed: true,
      watch_time_seconds: 20,
      position_seconds: 20,
      position_at: expect.any(String),
      unique_seconds: 20,
      watched: [{ from: 0, to: 20 }],
      deletedAt: null,
    });
    expect(exported.courses).toMatchObject([
      { courseId: course._id, lessons_started: 3, lessons_completed: 3, watch_time_seconds: 25 },
    ]);
    expect(exported.certificates).toMatchObject([{ courseId: course._id }]);
    expect(exported.sessions).toEqual([
      { sessionId: 'phone', counted: [{ from: 0, to: 1 }], last_seen_at: expect.any(String) },
    ]);
    expect(exported.idempotency_keys).toEqual([
      { key: 'a', lessonId: lessonIds[1], seconds: 5, createdAt: expect.any(String) },
    ]);
    expect(exported.next).toBeNull();
  });

  it('says why a certificate was refused', async () => {
    const { id, client } = await nextLearner();
    await service.database.pool.query(
      `INSERT INTO certificate (user_id, course_id, status, completed_at, reason)
       VALUES ($1, 'refused', 'PARKED', now(), 'The learner is banned')`,
      [id],
    );
    const { data } = await client.request(EXPORT, { userId: id });
    expect(data.exportUserData.data.certificates).toMatchObject([
      { courseId: 'refused', status: 'PARKED', reason: 'The learner is banned' },
    ]);
  });

  it('says which hours of the learner’s clock were credited, and at which rates', async () => {
    const { id, client } = await nextLearner();
    await service.database.pool.query(
      `INSERT INTO watch_clock (user_id, hour, credited, slack_used) VALUES
         ($1, -1, '{}', 0), ($1, 490896, '{"1500": [[60, 90], [0, 30]], "1000": [[30, 60]]}', 4)`,
      [id],
    );
    const { data } = await client.request(EXPORT, { userId: id });
    expect(data.exportUserData.data.clock).toEqual([
      { hour: '1969-12-31T23:00:00.000Z', credited: [], slack_used_seconds: 0 },
      {
        hour: '2026-01-01T00:00:00.000Z',
        credited: [
          { from: 0, to: 30, rate: 1.5 },
          { from: 30, to: 60, rate: 1 },
          { from: 60, to: 90, rate: 1.5 },
        ],
        slack_used_seconds: 4,
      },
    ]);
  });

  it('is read on page by page, each entry once, by the one who began', async () => {
    const id = world.instructorId;
    await service.database.pool.query(
      `INSERT INTO user_progress (user_id, lesson_id, course_id)
       SELECT $1, 'lesson-' || n, 'elsewhere' FROM generate_series(1, 1100) n`,
      [id],
    );
    await service.database.pool.query(
      `INSERT INTO watch_session (user_id, session_id) SELECT $1, 'session-' || n FROM generate_series(1, 1000) n`,
      [id],
    );
    await service.database.pool.query(
      `INSERT INTO watch_clock (user_id, hour) SELECT $1, n FROM generate_series(1, 1300) n`,
      [id],
    );
    await service.database.pool.query(
      `INSERT INTO idempotency_key (user_id, key, fingerprint, result) SELECT $1, 'k' || n, 'l 1', '{}' FROM generate_series(1, 700) n`,
      [id],
    );
    const seen: string[] = [];
    const others: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: any } = await administrator.request(EXPORT, { userId: id, after });
      const page: any = data.exportUserData.data;
      seen.push(...page.records.map((entry: any) => entry.id));
      others.push(
        ...page.sessions.map((entry: any) => entry.sessionId),
        ...page.clock.map((entry: any) => entry.hour),
        ...page.idempotency_keys.map((entry: any) => entry.key),
      );
      after = page.next;
      if (after !== null && seen.length === 500) {
        const own = await service.as({ sub: id, role: 'instructor' });
        expect(
          (await own.request(EXPORT, { userId: id, after })).errors?.[0]?.extensions.code,
        ).toBe('BAD_USER_INPUT');
      }
    } while (after !== null);
    expect(seen).toHaveLength(1_100);
    expect(new Set(seen).size).toBe(1_100);
    expect(others).toHaveLength(3_000);
    expect(new Set(others).size).toBe(3_000);
  });

  it('goes on with a cursor of a version that knew fewer lists', async () => {
    const { id, client } = await nextLearner();
    await learn(service, { id, client });
    const old = { recordId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', courseId: 'z' };
    const after = service.app.get(ExportCursor, { strict: false }).seal(old, id, id);
    const { data } = await client.request(EXPORT, { userId: id, after });
    expect(data.exportUserData.data).toMatchObject({
      records: [],
      sessions: [{ sessionId: 'phone' }],
      clock: [expect.anything()],
      idempotency_keys: [{ key: 'a' }],
    });
  });

  it('costs as much as it is worth', async () => {
    const aliases = [1, 2, 3, 4]
      .map((n) => `e${n}: exportUserData(userId: "x") { success }`)
      .join(' ');
    const { errors } = await administrator.request(`{ ${aliases} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', limit: 1_000 });
  });
});

it('logs of exports carry ids, never e-mail addresses, tokens or secrets', () =>
  expectLogsWithoutSecrets(logged, { moreThan: 25 }));
