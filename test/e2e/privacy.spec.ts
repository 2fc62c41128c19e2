import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { ExportCursor } from '../../src/modules/privacy/export-cursor.js';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { captureLogs, type LogLine } from '../support/logs.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken, TEST_SECRET } from '../support/tokens.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 3, learners: 16 });
const { course, lessonIds } = world;
const logged: LogLine[] = [];
let service: TestApp;
let administrator: GraphqlClient;
let nextLearner = 0;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { ERASURE_SETTLE_SECONDS: '1', LOG_LEVEL: 'fatal' },
  });
  captureLogs(logged, 'trace');
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
afterAll(() => service.close());

const ERASE = `mutation ($userId: String!) { eraseUser(userId: $userId) { success message data {
  deleted_records deleted_courses deleted_certificates } } }`;
const EXPORT = `query ($userId: String!, $after: String) { exportUserData(userId: $userId, after: $after) {
  success message data { userId next
    records { id lessonId courseId completed completed_at watch_time_seconds position_seconds position_at
      unique_seconds rewatched_seconds watched { from to } createdAt updatedAt deletedAt }
    courses { courseId lessons_started lessons_completed watch_time_seconds completed_at last_activity_at }
    certificates { courseId status completed_at requested_at issued_at reason }
    sessions { sessionId counted { from to } last_seen_at }
    clock { hour credited { from to rate } slack_used_seconds }
    idempotency_keys { key lessonId seconds createdAt } } } }`;
const CREATE = `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { success } }`;

const learner = async () => {
  const id = world.learnerIds[nextLearner++]!;
  return { id, client: await service.as({ sub: id, role: 'user' }) };
};
const record = (userId: string, lesson: number) => ({
  input: { userId, courseId: course._id, lessonId: lessonIds[lesson] },
});
const beats = (userId: string, lesson: number) => ({
  input: {
    ...record(userId, lesson).input,
    sessionId: 'phone',
    beats: [{ seq: 0, from: 0, to: 20, at: new Date(Date.now() - 60_000).toISOString() }],
  },
});

/** Leaves something in every table that can hold something of a learner. */
async function learn(id: string, client: GraphqlClient): Promise<void> {
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
  await service.database.pool.query(
    `INSERT INTO outbox (topic, user_id, course_id, parked_at) VALUES ('certificate.requested', $1, $2, now())`,
    [id, course._id],
  );
  await service.database.pool.query(`UPDATE course SET evaluated_user_id = $1`, [id]);
  await service.database.pool.query(
    `INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at, evaluated_user_id, lease_ends_at)
     VALUES ($1, 1, now(), $2, now() + interval '1 hour')`,
    [`walked-${nextLearner}`, id],
  );
}

/** The tables that have a row with the text in any of its columns. */
async function tablesThatMention(text: string): Promise<string[]> {
  const { rows } = await service.database.pool.query<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const found: string[] = [];
  for (const { table } of rows) {
    const mentions = await service.database.pool.query(
      `SELECT 1 FROM ${table} t WHERE strpos(t::text, $1) > 0 LIMIT 1`,
      [text],
    );
    if (mentions.rowCount) found.push(table);
  }
  return found;
}

async function untilErased(id: string): Promise<void> {
  await waitFor(
    async () => {
      await service.app.get(BackgroundJobs, { strict: false }).runNow('erasure-finisher');
      return (await tablesThatMention(id)).length === 0;
    },
    { message: 'nothing mentions the learner' },
  );
}

describe('eraseUser', () => {
  it('leaves no trace of a learner in any table, but the tombstone', async () => {
    const { id, client } = await learner();
    await learn(id, client);
    expect(await tablesThatMention(id)).toEqual(
      expect.arrayContaining([
        'certificate',
        'course',
        'course_evaluation',
        'course_progress',
        'idempotency_key',
        'outbox',
        'user_progress',
        'watch_clock',
        'watch_session',
      ]),
    );

    const answer = await client.request(ERASE, { userId: id });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.eraseUser).toEqual({
      success: true,
      message: 'The user’s data has been erased.',
      data: { deleted_records: 3, deleted_courses: 1, deleted_certificates: 1 },
    });
    await untilErased(id);
    const { rows } = await service.database.pool.query(
      `SELECT user_id, finished_at FROM erased_user WHERE user_hash = sha256($1)`,
      [Buffer.from(id)],
    );
    expect(rows).toEqual([{ user_id: null, finished_at: expect.any(Date) }]);
    expect(await rollupDifferences(service.app)).toEqual([]);
  });

  it('refuses what comes later, from any device', async () => {
    const { id, client } = await learner();
    await client.request(WATCH, beats(id, 0));
    await client.request(ERASE, { userId: id });
    for (const late of [
      await client.request(WATCH, beats(id, 0)),
      await client.request(CREATE, record(id, 1)),
      await administrator.request(CREATE, record(id, 1)),
    ]) {
      expect(late.errors?.[0]).toMatchObject({
        message: 'The data of this user has been erased; nothing more is recorded for them.',
        extensions: { code: 'NOT_FOUND' },
      });
    }
    await untilErased(id);
  });

  it('does not let one erased learner fail the others of a batch', async () => {
    const [gone, ...others] = await Promise.all([learner(), learner(), learner()]);
    await administrator.request(ERASE, { userId: gone.id });
    const answers = await Promise.all(
      [gone, ...others].map(({ id, client }) => client.request(CREATE, record(id, 0))),
    );
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'NOT_FOUND',
      undefined,
      undefined,
    ]);
  });

  it('may be repeated, and asked for somebody who never was', async () => {
    const { id, client } = await learner();
    for (let time = 0; time < 2; time += 1) {
      expect(
        (await client.request(ERASE, { userId: id })).data.eraseUser.data.deleted_records,
      ).toBe(0);
    }
  });

  it('finishes what a crash broke off, and what was being written meanwhile', async () => {
    const { id, client } = await learner();
    await learn(id, client);
    // As a process leaves it that ended between the tombstone and the rows.
    await service.database.pool.query(
      `INSERT INTO erased_user (user_hash, user_id, next_sweep_at) VALUES (sha256($1), $2, now())`,
      [Buffer.from(id), id],
    );
    await untilErased(id);
  });

  it('deletes more than one batch', async () => {
    const { id, client } = await learner();
    await service.database.pool.query(
      `INSERT INTO watch_session (user_id, session_id) SELECT $1, 'session' || n FROM generate_series(1, 1200) n`,
      [id],
    );
    await client.request(ERASE, { userId: id });
    await untilErased(id);
  });
});

describe('a user.deleted event', () => {
  let nats: NatsConnection;
  beforeAll(async () => {
    nats = await connect({ servers: service.nats.url });
  });
  afterAll(() => nats.close());

  it.each<[string, (id: string) => object]>([
    ['{ id }', (id) => ({ id })],
    ['{ userId }', (userId) => ({ userId })],
    ['what NestJS emits', (id) => ({ pattern: 'user.deleted', data: { id } })],
  ])('erases the user: %s', async (_form, event) => {
    const { id, client } = await learner();
    await client.request(WATCH, beats(id, 0));
    nats.publish('user.deleted', JSON.stringify(event(id)));
    await untilErased(id);
    expect((await client.request(CREATE, record(id, 1))).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('erases many users whom the platform deletes at once', async () => {
    const ids = Array.from({ length: 500 }, () => userId());
    for (const id of ids) nats.publish('user.deleted', JSON.stringify({ id }));
    await waitFor(
      async () => {
        const { rows } = await service.database.pool.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM erased_user
           WHERE user_hash IN (SELECT sha256(convert_to(id, 'UTF8')) FROM unnest($1::text[]) id)
             AND (finished_at IS NOT NULL OR next_sweep_at > now())`,
          [ids],
        );
        return rows[0]!.count === ids.length;
      },
      { message: 'all are swept' },
    );
  });

  it('that does not say who is left alone', async () => {
    const before = logged.length;
    const events = [
      '',
      '{',
      '[]',
      '{}',
      '{"id":7}',
      '{"id":"a.*"}',
      '"x"',
      `{"id":"${'x'.repeat(100_000)}"}`,
    ];
    for (const event of events) nats.publish('user.deleted', event);
    await waitFor(
      () =>
        logged
          .slice(before)
          .filter(({ msg }) => msg === 'an event does not say which user is deleted').length ===
        events.length,
      { message: 'each is logged' },
    );
  });
});

describe('exportUserData', () => {
  it('gives everything that is kept, to the learner', async () => {
    const { id, client } = await learner();
    await learn(id, client);
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
    const { id, client } = await learner();
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
    const { id, client } = await learner();
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
    const { id, client } = await learner();
    await learn(id, client);
    const old = { recordId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', courseId: 'z' };
    const after = new ExportCursor(TEST_SECRET).seal(old, id, id);
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

it('logs carry ids, never e-mail addresses, tokens or secrets', async () => {
  expect(logged.length).toBeGreaterThan(50);
  const text = JSON.stringify(logged);
  expect(text).toContain(world.learnerIds[0]);
  expect(text).not.toMatch(/@test\.example/);
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+/);
  expect(text).not.toContain((await signToken({ sub: 'a', role: 'user' })).split('.')[0]);
  expect(text).not.toContain('a secret for tests only');
});
