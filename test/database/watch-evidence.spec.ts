import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import type { Beat } from '../../src/modules/user-progress/evidence/credit-beat.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 2, durationSeconds: 700 });
const [lesson, otherLesson] = world.lessonIds as [string, string];
let first: TestApp;
let second: TestApp;
let queues: WriteQueue[];

beforeAll(async () => {
  first = await startTestApp({ catalogue: world.catalogue });
  second = await startTestApp({ database: first.database, nats: first.nats, catalogue: false });
  await first.app
    .get(CourseCatalogService, { strict: false })
    .requireLesson(world.course._id, lesson);
  queues = [first, second].map(({ app }) => app.get(WriteQueue, { strict: false }));
});
afterAll(async () => {
  await second.close();
  await first.close();
});

/** The start of an hour that lies far enough back for every beat of a test to be in the past, and in one hour. */
const BASE = Math.floor(Date.now() / 3_600_000 - 2) * 3_600_000;

function send(user: string, beats: Beat[], process: number, sessionId = 'player', to = lesson) {
  return queues[process]!.submit({
    kind: 'recordWatch',
    userId: user,
    lessonId: to,
    courseId: world.course._id,
    sessionId,
    beats,
    create: { durationSeconds: 700 },
  });
}

async function recordOf(user: string, of = lesson): Promise<Record<string, unknown>> {
  const { rows } = await first.database.pool.query(
    `SELECT watch_time_seconds, unique_seconds, rewatched_seconds, position_seconds, watched, completed
     FROM user_progress WHERE user_id = $1 AND lesson_id = $2`,
    [user, of],
  );
  return rows[0];
}

/** Beats one after another, as a player sends them. */
const honest = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 500 }),
      wall: fc.integer({ min: 1, max: 30 }),
      pause: fc.integer({ min: 0, max: 20 }),
      rate: fc.constantFrom(1, 2),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    let clock = 600;
    return steps.map(({ from, wall, pause, rate }, seq): Beat => {
      clock += wall + pause;
      return { seq, from, to: from + wall * rate, rate, at: new Date(BASE + clock * 1_000) };
    });
  });

const delivery = (beats: Beat[]) =>
  fc
    .tuple(
      fc.shuffledSubarray(beats, { minLength: beats.length }),
      fc.array(fc.constantFrom(...beats), { maxLength: 10 }),
      fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 30, maxLength: 30 }),
    )
    .map(([shuffled, repeats, sizes]) => {
      const all = [...shuffled, ...repeats];
      const batches: Beat[][] = [];
      for (const size of sizes) if (all.length > 0) batches.push(all.splice(0, size));
      return batches;
    });

it('ends in the same record however beats are batched, repeated, reordered and spread over two processes', async () => {
  await fc.assert(
    fc.asyncProperty(
      honest.chain((beats) => fc.tuple(fc.constant(beats), delivery(beats))),
      async ([beats, batches]) => {
        const [inOrder, anyhow] = [userId(), userId()];
        await send(inOrder, beats, 0);
        await Promise.all(batches.map((batch, index) => send(anyhow, batch, index % 2)));
        expect(await recordOf(anyhow)).toEqual(await recordOf(inOrder));
      },
    ),
    { numRuns: 100 },
  );
  expect(await rollupDifferences(first.app)).toEqual([]);
}, 120_000);

it('credits one clock to two tabs in two processes once, whichever comes first', async () => {
  for (let round = 0; round < 20; round += 1) {
    const user = userId();
    const beats = Array.from({ length: 6 }, (_, seq): Beat => {
      return {
        seq,
        from: seq * 10,
        to: seq * 10 + 10,
        rate: 1,
        at: new Date(BASE + (700 + seq * 10) * 1_000),
      };
    });
    await Promise.all([
      send(user, beats, 0, 'one', lesson),
      send(user, beats, 1, 'two', otherLesson),
    ]);
    const [one, two] = await Promise.all([recordOf(user), recordOf(user, otherLesson)]);
    // The clock's sixty seconds, and the five that an hour forgives.
    expect(Number(one['watch_time_seconds']) + Number(two['watch_time_seconds'])).toBe(65);
  }
});

it('keeps a gapless session in one range, however many beats it has', async () => {
  const user = userId();
  const beats = Array.from({ length: 300 }, (_, seq): Beat => {
    return { seq, from: seq, to: seq + 1, rate: 1, at: new Date(BASE + (600 + seq) * 1_000) };
  });
  await send(user, beats, 0);
  const { rows } = await first.database.pool.query(
    'SELECT counted::text FROM watch_session WHERE user_id = $1',
    [user],
  );
  expect(rows).toEqual([{ counted: '{[0,300)}' }]);
  const { rows: hours } = await first.database.pool.query(
    'SELECT credited FROM watch_clock WHERE user_id = $1',
    [user],
  );
  expect(hours).toEqual([{ credited: { '1000': [[599, 899]] } }]);
});

it('forgets a learner’s clock when beats of that time would be rejected anyway', async () => {
  const user = userId();
  const beat = (seq: number): Beat => {
    return { seq, from: seq, to: seq + 1, rate: 1, at: new Date(BASE + seq * 1_000) };
  };
  await first.database.pool.query(
    `INSERT INTO watch_clock (user_id, hour) SELECT $1, $2 - h FROM generate_series(190, 200) h`,
    [user, Math.floor(Date.now() / 3_600_000)],
  );
  await send(user, [beat(10)], 0);
  const { rows } = await first.database.pool.query(
    'SELECT count(*)::int AS hours FROM watch_clock WHERE user_id = $1',
    [user],
  );
  // What is a week and 25 hours old or younger, and the hour of the beat.
  expect(rows).toEqual([{ hours: 5 }]);
});
