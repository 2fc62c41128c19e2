import { expect, it } from 'vitest';
import { objectId, userId } from '../builders/ids.ts';
import { WriteStage } from '../support/analytics/write-stage.ts';

const LEARNERS = 12;
const SHARDS = `
  SELECT count(DISTINCT get_shard_id_for_distribution_column('analytics_journal', user_id))::int AS shards
  FROM unnest($1::varchar[]) user_id`;

it('ids of the journal follow each other on all machines, so an erasure is folded after the moves of its learner', async () => {
  const stage = await WriteStage.open({});
  const holding = await stage.pool.connect();
  try {
    await stage.begin('UTC', new Date(Date.now() - 86_400_000));
    await holding.query('BEGIN; SELECT FROM analytics_state FOR UPDATE');
    const [courseId, lessonId] = [objectId(), objectId()];
    await stage.offer(courseId, [{ lessonId, durationSeconds: 30 }], new Date());
    const learners = Array.from({ length: LEARNERS }, userId);
    const { rows: spread } = await stage.pool.query(SHARDS, [learners]);
    expect(spread[0].shards).toBeGreaterThan(2);
    for (const [index, learner] of learners.entries()) {
      await stage.submit(index % 2, {
        ...{ kind: 'create', userId: learner, lessonId, courseId, completed: false },
        ...{ watchTimeSeconds: 5, durationSeconds: 30 },
      });
    }
    for (const learner of learners) await stage.erase(learner);

    const { rows } = await stage.pool.query<{ user: string }>(
      `SELECT moves->0->>'u' AS user FROM analytics_journal ORDER BY id`,
    );
    const last = learners.map((learner) => rows.findLastIndex(({ user }) => user === learner));
    const { rows: erasures } = await stage.pool.query<{ place: number }>(
      `SELECT place::int - 1 AS place
       FROM (SELECT moves, row_number() OVER (ORDER BY id) AS place FROM analytics_journal) journal
       WHERE moves->0->>'k' = 'e' ORDER BY place`,
    );
    expect(erasures.map(({ place }) => place)).toEqual(last);
    expect(last).toEqual(last.toSorted((one, other) => one - other));
  } finally {
    await holding.query('ROLLBACK');
    holding.release();
    await stage.close();
  }
});
