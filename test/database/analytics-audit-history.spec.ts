import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Transactions } from '../../src/common/database/transactions.js';
import { FoldingProxy } from '../../src/modules/analytics/folding/proxy/folding.proxy.js';
import type { Move } from '../../src/modules/analytics/journal/move.js';
import { AuditStage } from '../support/analytics/audit-stage.ts';
import type { LearningDatabase } from '../support/analytics/learning-database.ts';
import type { Step } from '../support/analytics/learning-model.ts';
import { BEGIN, steps } from '../support/analytics/learning-steps.ts';
import { recount, type Figures } from '../support/analytics/recount.ts';

let stage: AuditStage;
beforeAll(async () => {
  stage = await AuditStage.start();
});
afterAll(() => stage.close());

const DAY_MS = 86_400_000;
const unseen = (): Move[] => [];

/** A portion that dies before its commit. */
const kill = () =>
  stage.modules
    .get(Transactions)
    .run(async () => {
      await stage.history.step();
      throw new Error('killed');
    })
    .catch(() => undefined);

/** A portion that has read and written, and commits when the returned function is called. */
async function portionUnderWay(): Promise<() => Promise<void>> {
  let commit = () => {};
  let read = () => {};
  const committing = new Promise<void>((resolve) => (commit = resolve));
  const reading = new Promise<void>((resolve) => (read = resolve));
  const portion = stage.modules.get(Transactions).run(async () => {
    await stage.history.step();
    read();
    await committing;
  });
  await Promise.race([reading, portion]);
  return () => {
    commit();
    return portion;
  };
}

async function formerProcess(): Promise<pg.Client> {
  const { host, port, user, password } = stage.database.pool.options;
  const client = new pg.Client({
    ...{ host, port, user, password, database: stage.database.name },
    application_name: 'user-progress',
  });
  await client.connect();
  return client;
}

async function since(): Promise<Date> {
  const { rows } = await stage.query('SELECT since FROM analytics_state');
  return rows[0].since as Date;
}

/** Records tell of the last activity before `since`; the recount, which knows no records, does not. */
const withoutSilence = (figures: Figures): Figures =>
  Object.fromEntries(
    Object.entries(figures).filter(([name]) => !/^(silence|open) | silent$/.test(name)),
  );

const step = (kind: Step['kind'], at: number, given: Partial<Step> = {}): Step => ({
  ...{ kind, at: new Date(at), user: 1, lesson: 0, lateSeconds: 0, seconds: 10 },
  ...{ watched: '{[0,10)}', watchedAgain: '{}' },
  ...given,
});

/** A platform with records and no journal, on which a version that journals has begun. */
async function upgraded(before: (learning: LearningDatabase) => Promise<void>) {
  const learning = await stage.begin(null);
  await before(learning);
  await stage.modules.get(FoldingProxy).begin();
  return learning;
}

it('builds what a recount gives, while others write and fold, whenever it is killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(steps, fc.boolean()), { minLength: 3, maxLength: 12, size: 'max' }),
      fc.array(steps, { minLength: 30, maxLength: 30 }),
      async (former, latter) => {
        const learning = await upgraded(async (old) => {
          // Nobody erases this one, so that the database is not empty.
          await old.apply(step('watch', BEGIN, { user: 9 }), unseen);
          for (const [one, isJournalled] of former) {
            await old.apply(one, isJournalled ? undefined : unseen);
          }
        });
        await stage.folder.fold(5);
        await stage.beginToBuild();
        const shift = Date.now() + DAY_MS - BEGIN;
        const write = async () => {
          const next = latter.pop();
          if (next) await learning.apply({ ...next, at: new Date(next.at.getTime() + shift) });
        };
        for (let portions = 0; !(await stage.isBuilt()); portions += 1) {
          expect(portions).toBeLessThan(100);
          await write();
          await kill();
          const commit = await portionUnderWay();
          await write();
          expect(await stage.folder.fold(5)).toEqual({ rows: 0, moves: 0, isFull: false });
          await commit();
          await stage.folder.fold(2);
        }
        expect(stage.foldedMeanwhile, 'rows folded while a portion is built').toBe(0);
        expect(await stage.differences()).toEqual([]);
        await stage.foldAll();
        expect(await stage.differences()).toEqual([]);
        expect(withoutSilence(await stage.figures())).toEqual(
          withoutSilence(recount(learning.model, 'UTC', await since())),
        );
      },
    ),
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 3), endOnFailure: true },
  );
}, 60_000);

it('takes the last activity of learners from their records, since no days tell of it', async () => {
  const watchedAt = Math.floor(Date.now() / DAY_MS - 40) * DAY_MS;
  await upgraded(async (learning) => {
    await learning.apply(step('watch', watchedAt, { lesson: 2 }), unseen);
    await learning.apply(step('watch', watchedAt + 3 * DAY_MS), unseen);
  });
  await stage.beginToBuild();
  while (!(await stage.isBuilt())) await stage.history.step();
  const { rows } = await stage.query(
    'SELECT last_active_on::text AS "on", last_lesson_id AS lesson, learners FROM analytics_silence',
  );
  const day = new Date(watchedAt + 3 * DAY_MS).toISOString().slice(0, 10);
  expect(rows).toEqual([{ on: day, lesson: 'lesson 0', learners: 1 }]);
});

it('builds nothing before the quarter of an hour with which days begin', async () => {
  await upgraded((learning) => learning.apply(step('watch', BEGIN), unseen));
  await stage.history.step();
  expect((await stage.history.state())!.obstacle).toBe('first-quarter');
  expect((await since()).getTime()).toBeGreaterThan(Date.now() - 1_000);
  await expect(stage.history.step()).resolves.toBe('nothing');
});

it('waits for processes that do not journal, and has what they wrote until they were gone', async () => {
  const former = await formerProcess();
  const learning = await upgraded((old) => old.apply(step('watch', BEGIN), unseen));
  expect((await stage.history.state())!.obstacle).toBe('former-processes');
  await expect(stage.history.step()).resolves.toBe('nothing');
  await learning.apply(step('watch', BEGIN + DAY_MS, { user: 2 }), unseen);
  await former.end();
  await expect.poll(async () => (await stage.history.state())!.obstacle).toBeNull();
  await stage.beginToBuild();
  while (!(await stage.isBuilt())) await stage.history.step();
  expect(await stage.differences()).toEqual([]);
  expect(await stage.figures()).toMatchObject({ 'lesson course 0 lesson 0 learners': 2 });
});

it('waits for the end of an adoption', async () => {
  await upgraded((learning) => learning.apply(step('watch', BEGIN), unseen));
  await stage.query(`INSERT INTO adoption (time_zone, certificates) VALUES ('UTC', 'assume')`);
  expect((await stage.history.state())!.obstacle).toBe('adoption');
  await expect(stage.history.step()).resolves.toBe('nothing');
  await stage.query('DELETE FROM adoption');
});

it('leaves another process to build that has begun with a portion', async () => {
  await upgraded((learning) => learning.apply(step('watch', BEGIN), unseen));
  await stage.beginToBuild();
  const commit = await portionUnderWay();
  await expect(stage.history.step()).resolves.toBe('nothing');
  await commit();
});

it('builds anew what a process that does not journal put in doubt, and keeps days', async () => {
  const learning = await upgraded((old) => old.apply(step('watch', BEGIN), unseen));
  await stage.beginToBuild();
  while (!(await stage.isBuilt())) await stage.history.step();
  const first = await since();
  await learning.apply(step('watch', Date.now(), { user: 2 }));
  await stage.foldAll();

  await stage.history.doubt();
  expect(await stage.isBuilt()).toBe(false);
  await learning.apply(step('complete', Date.now()), unseen);
  while (!(await stage.isBuilt())) await stage.history.step();
  expect(await stage.differences()).toEqual([]);
  expect(await since()).toEqual(first);
  const { rows } = await stage.query(
    `SELECT user_id AS "userId", seconds FROM learner_day ORDER BY user_id`,
  );
  expect(rows).toEqual([
    { userId: 'user 1', seconds: '0' },
    { userId: 'user 2', seconds: '10' },
  ]);
});
