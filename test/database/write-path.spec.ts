import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { platform } from '../builders/catalogue.ts';
import { objectId, userId } from '../builders/ids.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 4 });
let first: TestApp;
let second: TestApp;
let queues: WriteQueue[];

beforeAll(async () => {
  first = await startTestApp({ catalogue: world.catalogue });
  second = await startTestApp({ database: first.database, nats: first.nats, catalogue: false });
  const catalog = first.app.get(CourseCatalogService, { strict: false });
  await catalog.requireLesson(world.course._id, world.lessonIds[0]!);
  queues = [first, second].map(({ app }) => app.get(WriteQueue, { strict: false }));
});
afterAll(async () => {
  await second.close();
  await first.close();
});

const create = (user: string, lesson: string, course: string = world.course._id) => ({
  kind: 'create' as const,
  userId: user,
  lessonId: lesson,
  courseId: course,
  completed: false,
  watchTimeSeconds: 0,
  durationSeconds: null,
});

async function rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await first.database.pool.query(sql, values)).rows as Row[];
}

const outcomes = async (work: Promise<unknown>[]) => {
  const settled = await Promise.allSettled(work);
  return {
    succeeded: settled.filter(({ status }) => status === 'fulfilled').length,
    codes: settled.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code?: string }).code] : [],
    ),
  };
};

describe('concurrent changes', () => {
  it('create one record out of fifty attempts in two processes, the others are conflicts', async () => {
    const user = userId();
    const attempts = Array.from({ length: 50 }, (_, index) =>
      queues[index % 2]!.submit(create(user, world.lessonIds[0]!)),
    );
    const { succeeded, codes } = await outcomes(attempts);
    expect(succeeded).toBe(1);
    expect(codes).toEqual(Array(49).fill('CONFLICT'));
    expect(await rows('SELECT 1 FROM user_progress WHERE user_id = $1', [user])).toHaveLength(1);
  });

  it('add every one of a thousand seconds, in two processes', async () => {
    const user = userId();
    const lesson = world.lessonIds[0]!;
    await queues[0]!.submit(create(user, lesson));
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        queues[index % 2]!.submit({
          kind: 'addWatchTime',
          userId: user,
          lessonId: lesson,
          seconds: 1,
        }),
      ),
    );
    const [record] = await rows<{ watch_time_seconds: number }>(
      'SELECT watch_time_seconds FROM user_progress WHERE user_id = $1',
      [user],
    );
    expect(record!.watch_time_seconds).toBe(1_000);
  });

  it('complete a course once: one certificate intent, one outbox row', async () => {
    const user = userId();
    for (const lesson of world.lessonIds) await queues[0]!.submit(create(user, lesson));
    const attempts = world.lessonIds.flatMap((lesson) =>
      Array.from({ length: 25 }, (_, index) =>
        queues[index % 2]!.submit({ kind: 'set', userId: user, lessonId: lesson, completed: true }),
      ),
    );
    await Promise.all(attempts);
    expect(await rows('SELECT 1 FROM certificate WHERE user_id = $1', [user])).toHaveLength(1);
    const [rollup] = await rows('SELECT * FROM course_progress WHERE user_id = $1', [user]);
    expect(rollup).toMatchObject({ lessons_completed: 4, listed_completed: 4, lessons_total: 4 });
  });

  it('complete a course for good even if it is reopened at the same moment', async () => {
    const user = userId();
    const [last, other] = world.lessonIds as [string, string];
    for (const lesson of world.lessonIds) {
      await queues[0]!.submit({ ...create(user, lesson), completed: lesson !== last });
    }
    await Promise.all([
      queues[0]!.submit({ kind: 'addWatchTime', userId: user, lessonId: other, seconds: 1 }),
      queues[0]!.submit({ kind: 'set', userId: user, lessonId: last, completed: true }),
      queues[0]!.submit({ kind: 'set', userId: user, lessonId: other, completed: false }),
    ]);
    expect(await rows('SELECT 1 FROM certificate WHERE user_id = $1', [user])).toHaveLength(1);
  });

  it('of the same learners in two processes never deadlock, and leave exact rollups', async () => {
    const learners = Array.from({ length: 100 }, userId);
    const work: Promise<unknown>[] = [];
    for (let round = 0; round < 30; round += 1) {
      for (const user of learners) {
        const lesson = world.lessonIds[(round * 7 + work.length) % 4]!;
        const queue = queues[(round + work.length) % 2]!;
        const kind = work.length % 5;
        work.push(
          kind === 0
            ? queue.submit(create(user, lesson))
            : kind === 1
              ? queue.submit({
                  kind: 'set',
                  userId: user,
                  lessonId: lesson,
                  completed: round % 2 === 0,
                })
              : queue.submit({ kind: 'addWatchTime', userId: user, lessonId: lesson, seconds: 3 }),
        );
      }
    }
    const { codes } = await outcomes(work);
    expect(new Set(codes)).toEqual(new Set(['CONFLICT', 'NOT_FOUND']));
    const [{ deadlocks }] = (await rows<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    )) as [{ deadlocks: string }];
    expect(Number(deadlocks)).toBe(0);
    expect(await rollupDifferences(first.app)).toEqual([]);
  });
});

describe('a bad change', () => {
  it('fails alone, with its own error, when the database refuses it', async () => {
    const bad = userId();
    const good = Array.from({ length: 20 }, userId);
    await rows(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.user_id = '${bad}' THEN RAISE EXCEPTION 'refused' USING ERRCODE = '22003'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON user_progress FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      const lesson = world.lessonIds[0]!;
      const queue = queues[0]!;
      const settled = await Promise.allSettled(
        [...good.slice(0, 10), bad, ...good.slice(10)].map((user) =>
          queue.submit(create(user, lesson)),
        ),
      );
      expect(settled.map(({ status }) => status)).toEqual([
        ...Array(10).fill('fulfilled'),
        'rejected',
        ...Array(10).fill('fulfilled'),
      ]);
      expect(await rollupDifferences(first.app)).toEqual([]);
    } finally {
      await rows('DROP TRIGGER refuse ON user_progress; DROP FUNCTION refuse()');
    }
  });
});

describe('a transaction that fails', () => {
  it.each(['user_progress', 'course_progress', 'certificate', 'outbox'])(
    'at %s leaves nothing behind, and the next one succeeds',
    async (table) => {
      const user = userId();
      const [one, ...others] = world.lessonIds;
      for (const lesson of others) {
        await queues[0]!.submit(create(user, lesson));
        await queues[0]!.submit({ kind: 'set', userId: user, lessonId: lesson, completed: true });
      }
      const snapshot = async () =>
        Promise.all(
          ['user_progress', 'course_progress', 'certificate'].map((name) =>
            rows(`SELECT * FROM ${name} WHERE user_id = $1`, [user]),
          ),
        );
      const before = await snapshot();
      await rows(`
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.user_id = '${user}' THEN RAISE EXCEPTION 'failed on purpose'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER fail AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`);
      const finish = () => queues[0]!.submit({ ...create(user, one!), completed: true });
      try {
        await expect(finish()).rejects.toThrow('failed on purpose');
        expect(await snapshot()).toEqual(before);
      } finally {
        await rows(`DROP TRIGGER fail ON ${table}; DROP FUNCTION fail()`);
      }
      await finish();
      expect(await rows('SELECT 1 FROM certificate WHERE user_id = $1', [user])).toHaveLength(1);
    },
  );
});

describe('an idempotency key', () => {
  it('adds once, in two processes at the same time, and gives everyone the first result', async () => {
    const user = userId();
    const lesson = world.lessonIds[1]!;
    await queues[0]!.submit(create(user, lesson));
    const add = (seconds: number, queue = queues[0]!) =>
      queue.submit({
        kind: 'addWatchTime',
        userId: user,
        lessonId: lesson,
        seconds,
        idempotencyKey: 'k1',
      });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => add(30, queues[index % 2])),
    );
    expect(new Set(results.map(({ record }) => record.watchTimeSeconds))).toEqual(new Set([30]));
    await expect(add(31)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('the queue', () => {
  it('refuses at once what is more than it may hold, and loses nothing that it took', async () => {
    const small = await startTestApp({
      database: first.database,
      nats: first.nats,
      catalogue: false,
      environment: { WRITE_QUEUE_MAX: '10', WRITE_BATCH_MAX: '5' },
    });
    try {
      const queue = small.app.get(WriteQueue, { strict: false });
      const user = userId();
      const { succeeded, codes } = await outcomes(
        Array.from({ length: 100 }, () => queue.submit(create(user, objectId()))),
      );
      expect(codes.length).toBeGreaterThan(0);
      expect(new Set(codes)).toEqual(new Set(['SERVICE_UNAVAILABLE']));
      expect(await rows('SELECT 1 FROM user_progress WHERE user_id = $1', [user])).toHaveLength(
        succeeded,
      );
    } finally {
      await small.close();
    }
  });

  it('answers within a second and a half while the table is locked, and goes on afterwards', async () => {
    const blocker = await first.database.pool.connect();
    const user = userId();
    try {
      await blocker.query('BEGIN; LOCK TABLE user_progress IN ACCESS EXCLUSIVE MODE');
      const begun = performance.now();
      const { succeeded } = await outcomes(
        Array.from({ length: 500 }, () => queues[0]!.submit(create(user, objectId()))),
      );
      expect(succeeded).toBe(0);
      expect(performance.now() - begun).toBeLessThan(1_800);
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
    await queues[0]!.submit(create(user, objectId()));
  });
});
