import { DataSource, type QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TotalFigures1763900000120 } from '../../src/common/database/migrations/1763900000120-total-figures.js';
import { lockState } from '../../src/modules/analytics/folding/proxy/sql/analytics-state.js';
import { FIGURES_CHANGED } from '../../src/modules/analytics/folding/proxy/sql/figures-changed.js';
import { foldJournal } from '../../src/modules/analytics/folding/proxy/sql/fold-journal.js';
import { AuditStage } from '../support/analytics/audit-stage.ts';
import type { LearningDatabase } from '../support/analytics/learning-database.ts';
import type { Step } from '../support/analytics/learning-model.ts';
import { BEGIN } from '../support/analytics/learning-steps.ts';
import { recount } from '../support/analytics/recount.ts';
import { waitFor } from '../support/wait-for.ts';

const migration = new TotalFigures1763900000120();
const SINCE = new Date(BEGIN);
let stage: AuditStage;
let runner: QueryRunner;
beforeAll(async () => {
  stage = await AuditStage.start();
  runner = stage.modules.get(DataSource).createQueryRunner();
  await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
});
afterAll(async () => {
  await runner.release();
  await stage.close();
});

/** Learners begin, watch, complete and are erased, over some weeks. */
async function learn(learning: LearningDatabase, from: number): Promise<void> {
  const kinds: Step['kind'][] = ['watch', 'complete', 'watch', 'finishCourse', 'watch', 'erase'];
  for (let number = from; number < from + 24; number += 1) {
    await learning.apply({
      ...{ kind: kinds[number % kinds.length]!, at: new Date(BEGIN + number * 33 * 3_600_000) },
      ...{ user: number % 7, lesson: number % 4, lateSeconds: 0, seconds: 10 },
      ...{ watched: '{[0,10)}', watchedAgain: '{}' },
    });
  }
}

/** Folds everything as the version before does. @returns commits */
async function foldAsBefore(): Promise<() => Promise<void>> {
  const client = await stage.database.pool.connect();
  await client.query('BEGIN');
  const { rows } = await client.query(lockState.text, [36_500]);
  const former = foldJournal.text.replace(`,${FIGURES_CHANGED}`, '');
  expect(former).not.toBe(foldJournal.text);
  await client.query(former, [1_000, rows[0].timeZone, rows[0].firstQuarter]);
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

it('the totals of courses are right after an upgrade, though processes of the version before go on folding', async () => {
  const learning = await stage.begin({ timeZone: 'UTC', since: SINCE });
  await migration.down(runner);
  await learn(learning, 0);
  await (
    await foldAsBefore()
  )();

  await learn(learning, 24);
  const commit = await foldAsBefore();
  await runner.startTransaction();
  const upgraded = migration.up(runner).then(() => runner.commitTransaction());
  await waitFor(async () => (await stage.database.lockWaiters()) > 0, {
    message: 'the migration does not wait for the folder',
  });
  // Who shows figures does not wait.
  await stage.query(
    'SELECT FROM analytics_state, analytics_day, analytics_silence, analytics_cohort LIMIT 1',
  );
  await commit();
  await upgraded;
  expect(await stage.differences()).toEqual([]);

  await learn(learning, 48);
  await (
    await foldAsBefore()
  )();
  expect(await stage.differences()).toEqual([]);
  expect(await stage.figures()).toEqual(recount(learning.model, 'UTC', SINCE));
});
