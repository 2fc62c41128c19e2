import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import type { ProgressChange } from '../../src/modules/user-progress/changes/progress-change.js';
import { CommitBatchFacade } from '../../src/modules/user-progress/write/commit-batch.facade.js';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 2, durationSeconds: 700 });
const courseId = world.course._id;
let service: TestApp;
let batches: CommitBatchFacade;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  const catalog = service.app.get(CourseCatalogService, { strict: false });
  await catalog.requireLesson(courseId, world.lessonIds[0]!);
  batches = service.app.get(CommitBatchFacade, { strict: false });
});
afterAll(() => service.close());

/** All beats are in two hours that lie back, so that an hour begins in some batches. */
const BASE = Math.floor(Date.now() / 3_600_000 - 3) * 3_600_000;

const lesson = fc.constantFrom(...world.lessonIds);
const beat = fc
  .record({
    seq: fc.nat(30),
    from: fc.nat(690),
    seconds: fc.nat(20),
    rate: fc.constantFrom(1, 2, 4),
    second: fc.integer({ min: 3_300, max: 4_000 }),
  })
  .map(({ seq, from, seconds, rate, second }) => {
    const at = new Date(BASE + second * 1_000);
    return { seq, from, to: from + seconds, rate, at };
  });
const change = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('recordWatch' as const),
      lessonId: lesson,
      courseId: fc.constant(courseId),
      sessionId: fc.constantFrom('tab', 'phone'),
      beats: fc.array(beat, { minLength: 1, maxLength: 6 }),
    }),
  },
  fc.record({ kind: fc.constant('addWatchTime' as const), lessonId: lesson, seconds: fc.nat(50) }),
  fc.record({
    kind: fc.constant('set' as const),
    lessonId: lesson,
    watchTimeSeconds: fc.nat(5_000),
  }),
  fc.record({ kind: fc.constant('set' as const), lessonId: lesson, completed: fc.boolean() }),
);
const history = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

const begin = (user: string, lessonId: string): ProgressChange => ({
  ...{ kind: 'create', userId: user, lessonId, courseId, completed: false },
  ...{ watchTimeSeconds: 0, durationSeconds: 700 },
});

/** @param beginsToo whether each batch also has a change that may complete a course, of another learner */
async function live(history: object[][], beginsToo: boolean) {
  const user = userId();
  await batches.commit(world.lessonIds.map((lessonId) => begin(user, lessonId)));
  const outcomes: unknown[] = [];
  for (const changes of history) {
    const batch = changes.map((one) => ({ ...one, userId: user }) as ProgressChange);
    const more = beginsToo ? [begin(userId(), world.lessonIds[0]!)] : [];
    const { results } = await batches.commit([...batch, ...more]);
    outcomes.push(results.slice(0, batch.length).map(comparable));
  }
  return { outcomes, stored: await storedOf(user) };
}

const MOMENTARY = new Set(
  'id userId createdAt updatedAt reopenedAt completedAt judgedAt'.split(' '),
);

/** Without what differs from learner to learner, and from moment to moment. */
const comparable = (result: unknown): unknown =>
  JSON.parse(
    JSON.stringify(result, (key, value: unknown) => (MOMENTARY.has(key) ? value === null : value)),
  );

/** Also without the version, which the background evaluation of the course gives a rollup at some moment. */
const WITHOUT = `- 'id' - 'user_id' - 'created_at' - 'updated_at' - 'completed_at' - 'reopened_at' - 'last_activity_at' - 'last_seen_at' - 'structure_version'`;

async function storedOf(user: string): Promise<unknown[]> {
  const parts = ['user_progress', 'course_progress', 'watch_session', 'watch_clock'].map(
    (table) =>
      `SELECT '${table}' AS of, to_jsonb(t) ${WITHOUT} AS row FROM ${table} t WHERE user_id = $1`,
  );
  const { rows } = await service.database.pool.query(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) stored ORDER BY of, row::text`,
    [user],
  );
  return rows;
}

it('watching is answered and stored alike in a batch of its own, and in one that begins lessons', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (changes) => {
      const alone = await live(changes, false);
      expect(alone).toEqual(await live(changes, true));
    }),
    { numRuns: 20, endOnFailure: true },
  );
  expect(await rollupDifferences(service.app)).toEqual([]);
});

it('what was watched, and the sum of its course, are dated by their commit', async () => {
  const user = userId();
  const [lessonId] = world.lessonIds as [string];
  await batches.commit([begin(user, lessonId)]);
  await batches.commit([{ kind: 'addWatchTime', userId: user, lessonId, seconds: 5 }]);
  const { rows } = await service.database.pool.query(
    `SELECT u.updated_at = p.last_activity_at AS same, u.updated_at > u.created_at AS later
     FROM user_progress u JOIN course_progress p USING (user_id, course_id) WHERE user_id = $1`,
    [user],
  );
  expect(rows).toEqual([{ same: true, later: true }]);
});
