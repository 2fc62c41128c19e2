import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type {
  AddWatchTimeChange,
  ChangeOutcome,
  ProgressChange,
} from '../../src/modules/user-progress/changes/progress-change.js';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import { AddWatchTimeFacade } from '../../src/modules/user-progress/write/add-watch-time.facade.js';
import { CommitBatchFacade } from '../../src/modules/user-progress/write/commit-batch.facade.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { platform } from '../builders/catalogue.ts';
import { objectId, userId } from '../builders/ids.ts';
import { neighbours } from '../support/neighbours.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const FULL = 2_147_483_647;
const world = platform({ lessons: 3, durationSeconds: 700 });
let test: TestApp;
let queue: WriteQueue;
let general: CommitBatchFacade;
let plain: AddWatchTimeFacade;

beforeAll(async () => {
  test = await startTestApp({ catalogue: world.catalogue });
  const catalog = test.app.get(CourseCatalogService, { strict: false });
  await catalog.requireLesson(world.course._id, world.lessonIds[0]!);
  queue = test.app.get(WriteQueue, { strict: false });
  general = test.app.get(CommitBatchFacade, { strict: false });
  plain = test.app.get(AddWatchTimeFacade, { strict: false });
});
afterAll(() => test.close());

type Command = { lesson: number } & (
  | { kind: 'add'; seconds: number; key?: string | undefined }
  | { kind: 'create' | 'complete' | 'reopen' | 'fill' | 'delete' }
  | { kind: 'watch'; from: number }
);

const seconds = fc.oneof(fc.integer({ min: 1, max: 86_400 }), fc.constant(1));
const lesson = fc.integer({ min: 0, max: 2 });
const add = fc.record({ kind: fc.constant('add' as const), lesson, seconds });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: add },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(...(['create', 'complete', 'reopen', 'fill', 'delete'] as const)),
      lesson,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('watch' as const),
      lesson,
      from: fc.integer({ min: 0, max: 600 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      lesson,
      seconds,
      key: fc.constantFrom('one', 'two'),
    }),
  },
);

/** When all beats were played: long enough ago for every order of arrival. */
const PLAYED = new Date(Date.now() - 7_200_000);

function changeOf(command: Command, user: string, ids: Map<number, string>): ProgressChange {
  const key = { userId: user, lessonId: world.lessonIds[command.lesson]! };
  const courseId = world.course._id;
  switch (command.kind) {
    case 'add':
      return {
        kind: 'addWatchTime',
        ...key,
        seconds: command.seconds,
        ...(command.key && { idempotencyKey: command.key }),
      };
    case 'create':
      return {
        ...{ kind: 'create', ...key, courseId, completed: false },
        ...{ watchTimeSeconds: 0, durationSeconds: 700 },
      };
    case 'fill':
      return { kind: 'set', ...key, watchTimeSeconds: FULL - 3 };
    case 'complete':
    case 'reopen':
      return { kind: 'set', ...key, completed: command.kind === 'complete' };
    case 'delete':
      return { kind: 'delete', ...key, id: ids.get(command.lesson) ?? '' };
    case 'watch':
      return {
        ...{ kind: 'recordWatch', ...key, courseId, sessionId: 'player' },
        beats: [{ seq: 1, from: command.from, to: command.from + 10, rate: 1, at: PLAYED }],
      };
  }
}

/** What a caller sees, but for ids and moments. */
const outcomeOf = async (work: Promise<{ record: object }>): Promise<unknown> => {
  try {
    const { id: _id, userId: _user, ...record } = (await work).record as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => [
        name,
        value instanceof Date ? 'a moment' : value,
      ]),
    );
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

/** One change in its own transaction, the general way. */
async function byTheRules(change: ProgressChange): Promise<ChangeOutcome> {
  const result = (await general.commit([change])).results[0]!;
  if (result.ok) return result.outcome;
  throw result.error;
}

const stored = async (user: string): Promise<unknown> => {
  const { rows: records } = await test.database.pool.query(
    `SELECT lesson_id, completed, watch_time_seconds, watched, deleted_at IS NULL AS live
     FROM user_progress WHERE user_id = $1 ORDER BY lesson_id`,
    [user],
  );
  const { rows: rollups } = await test.database.pool.query(
    `SELECT course_id, lessons_started, lessons_completed, listed_completed, watch_time_seconds,
            completed_at IS NOT NULL AS complete
     FROM course_progress WHERE user_id = $1`,
    [user],
  );
  return { records, rollups };
};

it('gives the same answers, rows and rollups as one change after another by the rules', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(command, { maxLength: 12 }), { minLength: 1, maxLength: 4 }),
      async (rounds) => {
        const [quick, careful] = [userId(), userId()];
        const ids = new Map<string, Map<number, string>>([
          [quick, new Map()],
          [careful, new Map()],
        ]);
        for (const commands of [[{ kind: 'create', lesson: 0 } as Command], ...rounds]) {
          const changes = commands.map((each) => changeOf(each, quick, ids.get(quick)!));
          const answers = await Promise.all(changes.map((one) => outcomeOf(queue.submit(one))));
          const expected: unknown[] = [];
          for (const each of commands) {
            const change = changeOf(each, careful, ids.get(careful)!);
            expected.push(await outcomeOf(byTheRules(change)));
          }
          expect(answers).toEqual(expected);
          for (const user of [quick, careful]) await rememberIds(user, ids.get(user)!);
        }
        expect(await stored(quick)).toEqual(await stored(careful));
      },
    ),
    { numRuns: 40 },
  );
  expect(await rollupDifferences(test.app)).toEqual([]);
});

it('loses nothing and deadlocks nobody when several processes add to the same records in any order', async () => {
  const users = neighbours(test.app, 12);
  const create = { kind: 'create', lesson: 0 } as const;
  await general.commit(users.map((user) => changeOf(create, user, new Map())));
  const rounds = 40;
  const commit = async (round: number): Promise<void> => {
    const inItsOrder = round % 2 ? users : users.toReversed();
    const changes = inItsOrder.map((user) => addTo(user, round));
    // Some processes also have other changes, which go the general way.
    if (round % 3 === 0) await general.commit(changes);
    else expect(await plain.commit(changes)).not.toContain(null);
  };
  await Promise.all(Array.from({ length: rounds }, (_, round) => commit(round)));
  const { rows } = await test.database.pool.query<{ seconds: string }>(
    `SELECT DISTINCT watch_time_seconds AS seconds FROM user_progress WHERE user_id = ANY ($1)`,
    [users],
  );
  expect(rows).toEqual([{ seconds: (rounds * (rounds + 1)) / 2 }]);
  expect(await rollupDifferences(test.app)).toEqual([]);
});

it('puts a lone beat to the course to which its record moves meanwhile, whose rollup it did not see', async () => {
  const [user, other] = [userId(), objectId()];
  await general.commit([changeOf({ kind: 'create', lesson: 0 }, user, new Map())]);
  const mover = await test.database.pool.connect();
  try {
    await mover.query('BEGIN');
    await mover.query('UPDATE user_progress SET course_id = $2 WHERE user_id = $1', [user, other]);
    await mover.query('UPDATE course_progress SET lessons_started = 0 WHERE user_id = $1', [user]);
    await mover.query(
      'INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, $2, 1)',
      [user, other],
    );
    const added = plain.commit([addTo(user, 6)]);
    await vi.waitUntil(() => test.database.lockWaiters(), { timeout: 10_000 });
    await mover.query('COMMIT');
    expect(await added).toMatchObject([{ record: { courseId: other, watchTimeSeconds: 7 } }]);
  } finally {
    mover.release(true);
  }
  expect(await rollupDifferences(test.app)).toEqual([]);
});

it('loses nothing when lone beats of one record come at once', async () => {
  const user = userId();
  await general.commit([changeOf({ kind: 'create', lesson: 0 }, user, new Map())]);
  const rounds = Array.from({ length: 20 }, (_, round) => round);
  const outcomes = await Promise.all(rounds.map((round) => plain.commit([addTo(user, round)])));
  const sums = outcomes.map(([outcome]) => outcome!.record.watchTimeSeconds);
  expect(Math.max(...sums)).toBe(210);
  expect(new Set(sums).size).toBe(20);
  expect(await rollupDifferences(test.app)).toEqual([]);
});

const addTo = (user: string, round: number): AddWatchTimeChange => ({
  ...{ kind: 'addWatchTime', userId: user, lessonId: world.lessonIds[0]!, seconds: round + 1 },
});

async function rememberIds(user: string, ids: Map<number, string>): Promise<void> {
  const { rows } = await test.database.pool.query<{ id: string; lesson_id: string }>(
    'SELECT id, lesson_id FROM user_progress WHERE user_id = $1',
    [user],
  );
  for (const { id, lesson_id: lessonId } of rows) ids.set(world.lessonIds.indexOf(lessonId), id);
}
