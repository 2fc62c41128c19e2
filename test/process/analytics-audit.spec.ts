import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectId, userId } from '../builders/ids.ts';
import { holdFigures } from '../support/analytics.ts';
import { WriteStage } from '../support/analytics/write-stage.ts';
import { startBuilt } from '../support/built-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let stage: WriteStage;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await WriteStage.open({}, database);
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

async function command(program: 'verify' | 'rebuild') {
  const environment = { NODE_ENV: 'production', ...database.environment };
  const args = ['--analytics'];
  const running = startBuilt(`cli/${program}.js`, { environment, args });
  const code = await running.exited;
  return { code, out: running.stdout.trim().split('\n') };
}

it('finds a row of the journal that was deleted by hand, and rebuilds what it would have moved', async () => {
  const [courseId, lessonId] = [objectId(), objectId()];
  const begun = (learner: string) =>
    stage.submit(0, {
      ...{ kind: 'create', userId: learner, courseId, lessonId },
      ...{ completed: false, watchTimeSeconds: 7, durationSeconds: 30 },
    });
  const since = '2026-03-01T00:00:00Z';
  await stage.begin('UTC', new Date(since));
  await begun(userId());
  await stage.foldAll();
  const right = { code: 0, out: ['Every figure of analytics is what a recount gives.'] };
  expect(await command('verify')).toEqual(right);

  const letGo = await holdFigures(database.pool, { asOf: since, since });
  await begun(userId());
  await database.pool.query(`DELETE FROM analytics_journal WHERE user_id <> ''`);
  await letGo();
  const { code, out } = await command('verify');
  expect(code).toBe(1);
  expect(out).toContain(
    `analytics_lesson ${courseId} ${lessonId}: learners is 1, should be 2; watch_seconds is 7, should be 14`,
  );
  expect(out.at(-1)).toMatch(
    /^\d+ rows of analytics are not what a recount gives: npm run progress:rebuild -- --analytics mends them\.$/,
  );
  expect((await command('rebuild')).code).toBe(0);
  expect(await command('verify')).toEqual(right);
}, 60_000);
