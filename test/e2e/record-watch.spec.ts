import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 3, learners: 5, durationSeconds: 100 });
let service: TestApp;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
});
afterAll(() => service.close());

const RECORD_WATCH = `mutation ($input: RecordWatchInput!) {
  recordWatch(input: $input) {
    success message
    data { id completed watch_time_seconds unique_seconds rewatched_seconds position_seconds coverage_percentage watched { from to } }
    beats { seq result creditedSeconds reason }
  }
}`;

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

async function learner(index: number): Promise<{ id: string; client: GraphqlClient }> {
  const id = world.learnerIds[index]!;
  return { id, client: await service.as({ sub: id, role: 'user' }) };
}

const input = (userId: string, lesson: number, beats: object[], sessionId = 's1') => ({
  input: {
    userId,
    courseId: world.course._id,
    lessonId: world.lessonIds[lesson],
    sessionId,
    beats,
  },
});

describe('recordWatch', () => {
  it('begins the record at the first beat, and counts a repeated request once', async () => {
    const { id, client } = await learner(0);
    const beats = [
      { seq: 0, from: 0, to: 10, at: ago(30) },
      { seq: 1, from: 10, to: 20, rate: 1, at: ago(20) },
    ];
    const answer = await client.request(RECORD_WATCH, input(id, 0, beats));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.recordWatch).toMatchObject({
      success: true,
      data: {
        completed: false,
        watch_time_seconds: 20,
        unique_seconds: 20,
        rewatched_seconds: 0,
        position_seconds: 20,
        coverage_percentage: 20,
        watched: [{ from: 0, to: 20 }],
      },
      beats: [
        { seq: 0, result: 'COUNTED', creditedSeconds: 10, reason: null },
        { seq: 1, result: 'COUNTED', creditedSeconds: 10, reason: null },
      ],
    });
    const again = await client.request(RECORD_WATCH, input(id, 0, beats));
    expect(again.data.recordWatch.data.watch_time_seconds).toBe(20);
    expect(again.data.recordWatch.beats.map(({ result }: { result: string }) => result)).toEqual([
      'DUPLICATE',
      'DUPLICATE',
    ]);
  });

  it('says with which time beats are compared: a player whose clock is off dates the next ones right', async () => {
    const { id, client } = await learner(0);
    const before = Date.now();
    const beats = [{ seq: 0, from: 20, to: 30, at: ago(-3_600) }];
    const { data } = await client.request(
      RECORD_WATCH.replace('beats {', 'serverTime beats {'),
      input(id, 0, beats, 'clock-ahead'),
    );
    expect(data.recordWatch.beats).toMatchObject([{ reason: 'IN_THE_FUTURE' }]);
    const serverTime = Date.parse(data.recordWatch.serverTime);
    expect(serverTime).toBeGreaterThanOrEqual(before);
    expect(serverTime).toBeLessThanOrEqual(Date.now());
  });

  it('completes the lesson when nine tenths were seen, but not by seeking to its end', async () => {
    const { id, client } = await learner(1);
    const seek = await client.request(
      RECORD_WATCH,
      input(id, 0, [{ seq: 0, from: 95, to: 100, at: ago(500) }]),
    );
    expect(seek.data.recordWatch.data).toMatchObject({ completed: false, position_seconds: 100 });
    const most = await client.request(
      RECORD_WATCH,
      input(id, 0, [{ seq: 1, from: 0, to: 84, at: ago(300) }]),
    );
    expect(most.data.recordWatch.data).toMatchObject({ completed: false, coverage_percentage: 89 });
    const rest = await client.request(
      RECORD_WATCH,
      input(id, 0, [{ seq: 2, from: 84, to: 85, at: ago(200) }]),
    );
    expect(rest.data.recordWatch.data).toMatchObject({ completed: true, coverage_percentage: 90 });
  });

  it('refuses a lesson that is not in the course, and what can be no beat', async () => {
    const { id, client } = await learner(2);
    const unknown = input(id, 0, [{ seq: 0, from: 0, to: 10, at: ago(20) }]);
    unknown.input.lessonId = 'unknown-lesson';
    const missing = await client.request(RECORD_WATCH, unknown);
    expect(missing.errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      resource: 'lesson',
    });

    for (const beat of [
      { seq: 0, from: 0, to: 10, at: 'yesterday' },
      { seq: 0, from: 0, to: 10 },
      { seq: '0', from: 0, to: 10, at: ago(20) },
      { seq: 0, from: 0.5, to: 10, at: ago(20) },
      { seq: 0, from: 0, to: 2 ** 31, at: ago(20) },
    ]) {
      const answer = await client.request(RECORD_WATCH, input(id, 0, [beat]));
      expect.soft(answer.errors?.[0]?.extensions.code, JSON.stringify(beat)).toBe('BAD_USER_INPUT');
    }
    const none = await client.request(RECORD_WATCH, input(id, 0, []));
    expect(none.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'beats' }],
    });
  });

  it('answers each bad beat for itself, and counts its neighbours', async () => {
    const { id, client } = await learner(2);
    const bad = [
      { seq: 0, from: 10, to: 0, at: ago(20) },
      { seq: 0, from: -1, to: 10, at: ago(20) },
      { seq: 0, from: 0, to: 10, rate: 0, at: ago(20) },
      { seq: 0, from: 0, to: 10, rate: 99, at: ago(20) },
      { seq: -1, from: 0, to: 10, at: ago(20) },
      { seq: 2 ** 31 - 1, from: 0, to: 10, at: ago(20) },
      { seq: 0, from: 0, to: 90_000, at: ago(20) },
      { seq: 0, from: -(2 ** 31), to: 2 ** 31 - 1, at: ago(20) },
    ];
    const good = [
      { seq: 0, from: 0, to: 10, at: ago(30) },
      { seq: 1, from: 10, to: 20, at: ago(20) },
    ];
    const answer = await client.request(
      RECORD_WATCH,
      input(id, 2, [good[0]!, ...bad, good[1]!], 'mixed'),
    );
    expect(answer.errors).toBeUndefined();
    const { data, beats } = answer.data.recordWatch;
    expect(data).toMatchObject({ watch_time_seconds: 20, watched: [{ from: 0, to: 20 }] });
    expect(beats.map(({ reason }: { reason: string }) => reason)).toEqual([
      null,
      ...bad.map(() => 'MALFORMED'),
      null,
    ]);
    expect(beats[3]).toEqual({
      seq: 0,
      result: 'REJECTED',
      creditedSeconds: 0,
      reason: 'MALFORMED',
    });
  });

  it('leaves no trace of beats that are all rejected', async () => {
    const { id, client } = await learner(4);
    const { pool } = service.database;
    const isEvaluated = async () =>
      (await pool.query('SELECT FROM course_evaluation')).rowCount === 0;
    const traces = async () =>
      (
        await pool.query(
          `SELECT (SELECT json_agg(u ORDER BY u.id) FROM user_progress u WHERE user_id = $1) AS records,
                  (SELECT json_agg(p) FROM course_progress p WHERE user_id = $1) AS rollups,
                  (SELECT json_agg(s) FROM watch_session s WHERE user_id = $1) AS sessions,
                  (SELECT json_agg(c) FROM watch_clock c WHERE user_id = $1) AS clocks,
                  (SELECT json_agg(o) FROM outbox o WHERE user_id = $1) AS outbox`,
          [id],
        )
      ).rows[0];
    const rejected = [
      { seq: 0, from: 0, to: 10, at: ago(30 * 86_400) },
      { seq: 1, from: 0, to: 10, at: ago(-3_600) },
      { seq: 2, from: 10, to: 0, at: ago(20) },
      { seq: 3, from: 5_000, to: 5_010, at: ago(20) },
    ];
    const reasons = ['TOO_OLD', 'IN_THE_FUTURE', 'MALFORMED', 'BEYOND_THE_END'];

    const begun = await client.request(RECORD_WATCH, input(id, 0, rejected, 'bad'));
    expect(begun.errors).toBeUndefined();
    expect(begun.data.recordWatch).toMatchObject({
      data: { completed: false, watch_time_seconds: 0, position_seconds: 0, watched: [] },
      beats: reasons.map((reason) => ({ result: 'REJECTED', reason })),
    });
    expect(await traces()).toEqual({
      records: null,
      rollups: null,
      sessions: null,
      clocks: null,
      outbox: null,
    });
    const stats = await client.request(
      `query ($userId: String!) { getUserProgressStats(userId: $userId) { data { total_courses_enrolled } } }`,
      { userId: id },
    );
    expect(stats.data.getUserProgressStats.data).toEqual({ total_courses_enrolled: 0 });

    // A new course is evaluated in the background, which writes rollups too.
    await waitFor(isEvaluated, { message: 'the course is evaluated' });
    const beat = { seq: 9, from: 0, to: 10, at: ago(100) };
    await client.request(RECORD_WATCH, input(id, 0, [beat], 'good'));
    const before = await traces();
    const again = await client.request(RECORD_WATCH, input(id, 0, rejected, 'good'));
    expect(again.data.recordWatch.data).toMatchObject({ position_seconds: 10, unique_seconds: 10 });
    await client.request(RECORD_WATCH, input(id, 0, [beat], 'good'));
    expect(await traces()).toEqual(before);
  });

  it('resumes on another device where the learner was last by the players’ clocks', async () => {
    const { id, client } = await learner(3);
    await client.request(
      RECORD_WATCH,
      input(id, 1, [{ seq: 0, from: 40, to: 50, at: ago(100) }], 'tv'),
    );
    await client.request(
      RECORD_WATCH,
      input(id, 1, [{ seq: 0, from: 0, to: 10, at: ago(400) }], 'phone'),
    );
    const late = await client.request(
      `query ($userId: String!, $lessonId: String!) {
        userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data { position_seconds watched { from to } } } }`,
      { userId: id, lessonId: world.lessonIds[1] },
    );
    expect(late.data.userProgressByUserAndLesson.data).toEqual({
      position_seconds: 50,
      watched: [
        { from: 0, to: 10 },
        { from: 40, to: 50 },
      ],
    });
  });
});

describe('with REQUIRE_COVERAGE', () => {
  it('completing by hand says how much is missing', async () => {
    const strict = await startTestApp({
      catalogue: world.catalogue,
      environment: { REQUIRE_COVERAGE: 'true' },
    });
    try {
      const id = world.learnerIds[0]!;
      const client = await strict.as({ sub: id, role: 'user' }, 'fr');
      await client.request(RECORD_WATCH, input(id, 0, [{ seq: 0, from: 0, to: 60, at: ago(60) }]));
      const answer = await client.request(
        `mutation ($userId: String!, $lessonId: String!) {
          markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { success } }`,
        { userId: id, lessonId: world.lessonIds[0] },
      );
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        missingSeconds: 30,
        requiredSeconds: 90,
      });
    } finally {
      await strict.close();
    }
  });
});
