import { afterAll, beforeAll, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { registry } from '../../src/common/metrics/registry.js';
import type { Move } from '../../src/modules/analytics/journal/move.js';
import { userId } from '../builders/ids.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp({
    catalogue: { users: [], courses: [] },
    environment: { ANALYTICS_TIME_ZONE: 'Asia/Kathmandu', ANALYTICS_DAYS_KEPT: '400' },
  });
});
afterAll(() => service.close());

const rows = async (sql: string, values: unknown[] = []): Promise<any[]> =>
  (await service.database.pool.query(sql, values)).rows;
const run = (job: string) => service.app.get(BackgroundJobs, { strict: false }).runNow(job);
const journal = (user: string, moves: Move[]) =>
  rows('INSERT INTO analytics_journal (user_id, moves) VALUES ($1, $2)', [
    user,
    JSON.stringify(moves),
  ]);
const movesFolded = async () =>
  (await registry.getSingleMetric('progress_analytics_moves_total')!.get()).values[0]!.value;

/** A quarter of an hour before now. */
const quarter = async () =>
  (await rows(`SELECT floor(extract(epoch FROM now()) / 900)::int - 1 AS t`))[0].t as number;
const watched = (u: string, t: number): Move[] => [
  { k: 'l', u, c: 'course', l: 'lesson', t, s: 1, w: 60, q: 60, up: [0], dn: [60], p: 60, a: 1 },
  { k: 'c', u, c: 'course', j: 1, e: t },
];
const DAYS = `SELECT day::text, seconds::int FROM learner_day WHERE user_id = $1`;

it('adds what is journalled to the figures, by the days of its time zone, and counts it', async () => {
  const user = userId();
  const t = await quarter();
  const before = await movesFolded();
  await journal(user, watched(user, t));
  await run('analytics-folding');
  const [{ day }] = await rows(
    `SELECT (to_timestamp($1::int * 900.0) AT TIME ZONE 'Asia/Kathmandu')::date::text AS day`,
    [t],
  );
  expect(await rows(DAYS, [user])).toEqual([{ day, seconds: 60 }]);
  expect(await rows('SELECT FROM analytics_journal')).toEqual([]);
  expect((await movesFolded()) - before).toBe(2);
});

it('tells a page another version after a fold, and the same one as long as nothing is folded', async () => {
  const admin = await service.as({ sub: userId(), role: 'admin' });
  const version = async () => {
    const { data } = await admin.request('{ platformAnalytics { data { version } } }');
    return data.platformAnalytics.data.version as string;
  };
  const before = await version();
  await run('analytics-folding');
  expect(await version()).toBe(before);

  const user = userId();
  await journal(user, watched(user, await quarter()));
  expect(await version()).toBe(before);
  await run('analytics-folding');
  const after = await version();
  expect(after).not.toBe(before);
  await run('analytics-folding');
  expect(await version()).toBe(after);
});

it('hands a learner their days, and takes them out of all figures when the learner is erased', async () => {
  const [stays, leaves] = [userId(), userId()];
  const t = await quarter();
  await journal(stays, watched(stays, t));
  await run('analytics-folding');
  const all = `SELECT day::text, enrolled, active, watch_seconds, wau_edge FROM analytics_day ORDER BY course_id, day`;
  const without = await rows(all);

  await journal(leaves, watched(leaves, t));
  await run('analytics-folding');
  const client = await service.as({ sub: leaves, role: 'user' });
  const { data } = await client.request(
    `query ($userId: String!) { exportUserData(userId: $userId) { data {
       days { day courseId seconds lessons_completed last_at last_lesson_id } } } }`,
    { userId: leaves },
  );
  expect(data.exportUserData.data.days).toEqual([
    {
      ...{ day: expect.any(String), courseId: 'course', seconds: 60, lessons_completed: 0 },
      ...{ last_at: new Date(t * 900_000).toISOString(), last_lesson_id: 'lesson' },
    },
  ]);

  const admin = await service.as({ sub: userId(), role: 'admin' });
  await admin.request(`mutation ($userId: String!) { eraseUser(userId: $userId) { success } }`, {
    userId: leaves,
  });
  await run('analytics-folding');
  expect(await rows(DAYS, [leaves])).toEqual([]);
  expect(await rows('SELECT FROM analytics_learner WHERE user_id = $1', [leaves])).toEqual([]);
  expect(await rows(all)).toEqual(without);
});

it('forgets days of learners that are older than they are kept, and no others', async () => {
  const user = userId();
  await rows(
    `INSERT INTO learner_day (user_id, day, course_id)
     SELECT $1, current_date - ago, course FROM generate_series(0, 900, 100) ago, unnest(ARRAY['a', 'b']) course`,
    [user],
  );
  await run('learner-day-cleanup');
  const kept = await rows(
    `SELECT current_date - day AS ago, count(*)::int FROM learner_day WHERE user_id = $1 GROUP BY day ORDER BY ago`,
    [user],
  );
  expect(kept).toEqual([0, 100, 200, 300, 400].map((ago) => ({ ago, count: 2 })));
});

it('keeps the time zone that its days began with', async () => {
  const other = await startTestApp({
    catalogue: false,
    database: service.database,
    nats: service.nats,
    environment: { ANALYTICS_TIME_ZONE: 'Europe/Berlin' },
  });
  try {
    await other.app.get(BackgroundJobs, { strict: false }).runNow('analytics-folding');
    expect(await rows('SELECT time_zone FROM analytics_state')).toEqual([
      { time_zone: 'Asia/Kathmandu' },
    ]);
  } finally {
    await other.close();
  }
});
