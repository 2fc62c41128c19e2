import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import type { Beat } from '../../src/modules/user-progress/evidence/credit-beat.js';
import { EvidenceCleanupProxy } from '../../src/modules/user-progress/proxy/evidence-cleanup.proxy.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { objectId, userId } from '../builders/ids.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  first = await startTestApp({ catalogue: false });
  second = await startTestApp({ database: first.database, nats: first.nats, catalogue: false });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

async function rows(sql: string, values: unknown[] = []): Promise<any[]> {
  return (await first.database.pool.query(sql, values)).rows;
}

/** Walks the whole table once, as a day's lap does. */
async function forgetSessions(app: TestApp = first): Promise<void> {
  const proxy = app.app.get(EvidenceCleanupProxy, { strict: false });
  let after = await proxy.forgetSessions(null);
  while (after !== null) after = await proxy.forgetSessions(after);
}

const addSessions = (user: string, name: string, count: number, age: string) =>
  rows(
    `INSERT INTO watch_session (user_id, session_id, counted, last_seen_at)
     SELECT $1, $2 || n, '{[0,5)}', now() - $4::interval FROM generate_series(1, $3::int) n`,
    [user, name, count, age],
  );

describe('the cleanup of evidence', () => {
  it('deletes all that is older than any beat that still counts, and nothing else', async () => {
    const user = userId();
    // A week, a minute and a day's margin.
    await addSessions(user, 'old-', 2_500, '8 days 2 minutes');
    await addSessions(user, 'young-', 1_200, '8 days');
    await rows(
      `INSERT INTO watch_clock (user_id, hour)
       SELECT $1, floor(extract(epoch FROM now()) / 3600)::int - h FROM unnest(ARRAY[0, 168, 193, 216, 217, 300]) h`,
      [user],
    );
    await first.app.get(BackgroundJobs, { strict: false }).runNow('evidence-cleanup');
    expect(
      await rows(
        `SELECT split_part(session_id, '-', 1) AS name, count(*)::int FROM watch_session WHERE user_id = $1 GROUP BY 1`,
        [user],
      ),
    ).toEqual([{ name: 'young', count: 1_200 }]);
    const [{ hours }] = await rows(
      'SELECT count(*)::int AS hours FROM watch_clock WHERE user_id = $1',
      [user],
    );
    expect(hours).toBe(4);
  });

  it('leaves alone what a batch has locked, and does not wait for it', async () => {
    const user = userId();
    await addSessions(user, 'locked-', 1, '30 days');
    const holder = await first.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM watch_session WHERE user_id = $1 FOR NO KEY UPDATE', [
        user,
      ]);
      await forgetSessions();
      expect(await rows('SELECT 1 FROM watch_session WHERE user_id = $1', [user])).toHaveLength(1);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    await forgetSessions();
    expect(await rows('SELECT 1 FROM watch_session WHERE user_id = $1', [user])).toEqual([]);
  });

  it('counts a beat once that two processes take while an old session is deleted', async () => {
    const queues = [first, second].map(({ app }) => app.get(WriteQueue, { strict: false }));
    const lessonId = objectId();
    const courseId = objectId();
    for (let round = 0; round < 25; round += 1) {
      const user = userId();
      await addSessions(user, 'player-', 1, '30 days');
      const beat: Beat = { seq: 7, from: 0, to: 10, rate: 1, at: new Date() };
      const send = (queue: WriteQueue) =>
        queue.submit({
          kind: 'recordWatch',
          ...{ userId: user, lessonId, courseId, sessionId: 'player-1', beats: [beat] },
          create: { durationSeconds: null },
        });
      const [one, other] = await Promise.all([
        send(queues[0]!),
        send(queues[1]!),
        forgetSessions(first),
        forgetSessions(second),
      ]);
      expect([one, other].map(({ beats }) => beats![0]!.result).sort()).toEqual([
        'COUNTED',
        'DUPLICATE',
      ]);
      const [{ counted }] = await rows(
        'SELECT counted::text FROM watch_session WHERE user_id = $1',
        [user],
      );
      expect(counted).toMatch(/\[7,8\)/);
    }
  });
});
