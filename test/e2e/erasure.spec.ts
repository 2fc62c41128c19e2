import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { userId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  beats,
  CREATE,
  expectLogsWithoutSecrets,
  learn,
  record,
  startWithLearners,
  WATCH,
  type LearnersStage,
} from '../support/learners-stage.ts';
import type { TestApp } from '../support/test-app.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { waitFor } from '../support/wait-for.ts';

let service: TestApp;
let administrator: GraphqlClient;
let logged: LearnersStage['logged'];
let nextLearner: LearnersStage['nextLearner'];

beforeAll(async () => {
  ({ service, administrator, logged, nextLearner } = await startWithLearners());
});
afterAll(() => service.close());

const ERASE = `mutation ($userId: String!) { eraseUser(userId: $userId) { success message data {
  deleted_records deleted_courses deleted_certificates } } }`;

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
    const { id, client } = await nextLearner();
    await learn(service, { id, client });
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
    const { id, client } = await nextLearner();
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
    const [gone, ...others] = await Promise.all([nextLearner(), nextLearner(), nextLearner()]);
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
    const { id, client } = await nextLearner();
    for (let time = 0; time < 2; time += 1) {
      expect(
        (await client.request(ERASE, { userId: id })).data.eraseUser.data.deleted_records,
      ).toBe(0);
    }
  });

  it('finishes what a crash broke off, and what was being written meanwhile', async () => {
    const { id, client } = await nextLearner();
    await learn(service, { id, client });
    // As a process leaves it that ended between the tombstone and the rows.
    await service.database.pool.query(
      `INSERT INTO erased_user (user_hash, user_id, next_sweep_at) VALUES (sha256($1), $2, now())`,
      [Buffer.from(id), id],
    );
    await untilErased(id);
  });

  it('deletes more than one batch', async () => {
    const { id, client } = await nextLearner();
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
    const { id, client } = await nextLearner();
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
      '"x y"',
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

it('logs carry ids, never e-mail addresses, tokens or secrets', () =>
  expectLogsWithoutSecrets(logged, { moreThan: 50 }));
