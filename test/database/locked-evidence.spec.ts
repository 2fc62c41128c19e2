import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 1, learners: 1 });
const [userId] = world.learnerIds as [string];
let service: TestApp;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { DB_LOCK_TIMEOUT_MS: '50' },
  });
});
afterAll(() => service.close());

const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { beats { result } } }`;
const input = (seq: number) => ({
  input: {
    ...{ userId, courseId: world.course._id, lessonId: world.lessonIds[0], sessionId: 'player' },
    beats: [{ seq, from: 0, to: 10, at: new Date(Date.now() - 600_000 + seq * 20_000) }],
  },
});

it.each(['watch_session', 'watch_clock', 'user_progress'])(
  'a beat whose %s another process holds is answered as one to send again',
  async (table) => {
    const learner = await service.as({ sub: userId, role: 'user' });
    await learner.request(WATCH, input(0));
    const holder = await service.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(`SELECT 1 FROM ${table} WHERE user_id = $1 FOR UPDATE`, [userId]);
      const { errors } = await learner.request(WATCH, input(1));
      expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  },
);
