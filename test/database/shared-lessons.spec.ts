import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CourseProxy } from '../../src/modules/course-catalog/proxy/course.proxy.js';
import { ErasureFacade } from '../../src/modules/privacy/facade/erasure.facade.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { objectId, userId } from '../builders/ids.ts';
import {
  COURSES,
  happening,
  LEARNERS,
  LESSONS,
  SECONDS,
  type Happening,
} from '../builders/shared-lessons.ts';
import { storedOtherwise } from '../support/recount.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

/** Worlds of their own in one database, what happens in each, and how much of it happens at once. */
const WORLDS = 40;
const WORLDS_AT_ONCE = 6;
const HAPPENINGS = 40;
const AT_ONCE = 4;

const environment = {
  COURSE_EVALUATION_POLL_MS: '20',
  COURSE_SHRINK_CONFIRM_SECONDS: '0',
  COURSE_EVALUATION_BATCH: '3',
  // A removed lesson is gone at once.

  DB_STATEMENT_TIMEOUT_MS: '1500',
  WRITE_QUEUE_WAIT_MS: '30000',
  DB_CONNECT_TIMEOUT_MS: '5000',
};
let processes: [TestApp, TestApp];

beforeAll(async () => {
  const first = await startTestApp({ catalogue: false, environment });
  const { database, nats } = first;
  processes = [first, await startTestApp({ database, nats, catalogue: false, environment })];
});
afterAll(async () => {
  for (const { close } of processes.toReversed()) await close();
});

class World {
  private readonly courses = Array.from({ length: COURSES }, objectId);
  private readonly lessons = Array.from({ length: LESSONS }, objectId);
  readonly learners = Array.from({ length: LEARNERS }, userId);
  private sessions = 0;

  /** Makes it happen in one of the processes. What is refused by a rule has not happened. */
  async happen(what: Happening, { app }: TestApp): Promise<void> {
    if (what.kind === 'structure') return this.store(what, app.get(CourseProxy, { strict: false }));
    if (what.kind === 'erase') {
      await app.get(ErasureFacade, { strict: false }).erase(this.learners[what.learner]!);
      return;
    }
    const change = await this.changeOf(what);
    const queue = app.get(WriteQueue, { strict: false });
    await queue.submit(change).catch((error: { code?: string }) => {
      if (!['NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT'].includes(error.code!)) throw error;
    });
  }

  private async store(
    { course, lessons, durationSeconds, listed }: Happening & { kind: 'structure' },
    proxy: CourseProxy,
  ): Promise<void> {
    const listing = lessons.map((lesson, position) => ({
      lessonId: this.lessons[lesson]!,
      ...{ sectionId: null, title: null, position, durationSeconds },
    }));
    await proxy.save(
      {
        courseId: this.courses[course]!,
        ...{ title: null, instructorId: null, isActive: true, totalLectures: lessons.length },
        // Two courses list their lessons from the beginning, the third sooner or later.
        lessons: listed || course > 0 ? listing : null,
      },
      new Date(),
    );
  }

  private async changeOf(what: Exclude<Happening, { kind: 'structure' | 'erase' }>) {
    const key = { userId: this.learners[what.learner]!, lessonId: this.lessons[what.lesson]! };
    if (what.kind === 'complete') return { kind: 'set' as const, ...key, completed: true };
    if (what.kind === 'reopen') return { kind: 'set' as const, ...key, completed: false };
    if (what.kind === 'delete') return { kind: 'delete' as const, ...key, id: await idOf(key) };
    const courseId = this.courses[what.course]!;
    const known = { ...key, courseId };
    if (what.kind === 'create') {
      const { completed } = what;
      return {
        ...known,
        kind: 'create' as const,
        completed,
        watchTimeSeconds: 7,
        durationSeconds: null,
      };
    }
    this.sessions += 1;
    const at = new Date(Date.now() - this.sessions * 60_000);
    return {
      ...known,
      kind: 'recordWatch' as const,
      sessionId: `s${this.sessions}`,
      beats: [{ seq: 0, from: what.from, to: SECONDS, rate: 2, at }],
      create: { durationSeconds: null },
    };
  }
}

async function idOf({ userId, lessonId }: { userId: string; lessonId: string }): Promise<string> {
  const { rows } = await processes[0].database.pool.query<{ id: string }>(
    `SELECT id FROM user_progress WHERE user_id = $1 AND lesson_id = $2`,
    [userId, lessonId],
  );
  return rows[0]?.id ?? '00000000-0000-7000-8000-000000000000';
}

const untilEvaluated = () =>
  waitFor(
    async () => {
      const { rows } = await processes[0].database.pool.query<{ pending: boolean }>(
        `SELECT EXISTS (SELECT FROM course_evaluation) OR EXISTS (SELECT FROM unreconciled_lesson) AS pending`,
      );
      return !rows[0]!.pending;
    },
    { timeoutMs: 60_000, message: 'every course is evaluated' },
  );

it('whatever happens to lessons and learners, in two processes at once, ends as a plain recount says', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const stories = fc.sample(fc.array(happening, { minLength: HAPPENINGS, maxLength: HAPPENINGS }), {
    numRuns: WORLDS,
    seed,
  });
  const worlds = stories.map((story) => ({ story, world: new World() }));
  const live = async ({ story, world }: (typeof worlds)[number]) => {
    for (let start = 0; start < story.length; start += AT_ONCE) {
      const now = story.slice(start, start + AT_ONCE);
      await Promise.all(now.map((what, index) => world.happen(what, processes[index % 2]!)));
    }
  };
  const waiting = worlds.values();
  const lane = async () => {
    for (const each of waiting) await live(each);
  };
  await Promise.all(Array.from({ length: WORLDS_AT_ONCE }, lane));
  const erased = worlds.flatMap(({ story, world }) =>
    story.some(({ kind }) => kind === 'erase') ? [world.learners[0]!] : [],
  );
  await untilEvaluated();
  const erasure = processes[0].app.get(ErasureFacade, { strict: false });
  for (const learner of erased) await erasure.erase(learner);

  const { pool } = processes[0].database;
  await expect(storedOtherwise(pool), `seed ${seed}`).resolves.toEqual([]);
  await expect(rollupDifferences(processes[0].app)).resolves.toEqual([]);
  const { rows } = await pool.query(
    `SELECT user_id FROM course_progress WHERE user_id = ANY ($1)`,
    [erased],
  );
  expect(rows).toEqual([]);
}, 120_000);
