import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProgressChange } from '../../src/modules/user-progress/changes/progress-change.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { objectId, userId } from '../builders/ids.ts';
import { shardNodes, runCommands } from '../support/citus.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let test: TestApp;
let learner: { userId: string; lessonId: string };

beforeAll(async () => {
  test = await startTestApp({ catalogue: false });
});
afterAll(() => test.close());
beforeEach(async () => {
  learner = { userId: userId(), lessonId: objectId() };
  await submit({
    ...{ kind: 'create', ...learner, courseId: objectId(), completed: false },
    ...{ watchTimeSeconds: 0, durationSeconds: null },
  });
});

const submit = (change: ProgressChange) =>
  test.app.get(WriteQueue, { strict: false }).submit(change);

/** On each machine, every shard of the records. */
async function onShards(command: string): Promise<void> {
  for (const node of shardNodes(test.database.pool.options)) {
    await runCommands({ ...node, database: test.database.name }, [
      'SET citus.enable_manual_changes_to_shards = on',
      'SET citus.enable_ddl_propagation = off',
      `CREATE OR REPLACE FUNCTION lose_machine() RETURNS trigger LANGUAGE plpgsql
         AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`,
      `DO $$
       DECLARE shard regclass;
       BEGIN
         FOR shard IN SELECT to_regclass(shard_name(logicalrelid, shardid)) FROM pg_dist_shard
                      WHERE logicalrelid = 'user_progress'::regclass LOOP
           IF shard IS NOT NULL THEN EXECUTE format('${command}', shard); END IF;
         END LOOP;
       END $$`,
    ]);
  }
}

/** A deferred trigger runs at COMMIT, when every statement has been answered. */
const loseAtCommit = () =>
  onShards(
    `CREATE CONSTRAINT TRIGGER lost AFTER UPDATE ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose_machine()`,
  );
const loseNothing = () => onShards('DROP TRIGGER lost ON %s');

describe('a change whose machine is lost during COMMIT', () => {
  it.each<[string, () => ProgressChange]>([
    ['watch time', () => ({ kind: 'addWatchTime', ...learner, seconds: 5 })],
    ['a completed lesson', () => ({ kind: 'set', ...learner, completed: true })],
  ])('may have been stored or not, and its caller is told so: %s', async (_, change) => {
    await loseAtCommit();
    try {
      await expect(submit(change())).rejects.toMatchObject({
        ...{ code: 'SERVICE_UNAVAILABLE', details: { outcome: 'unknown' } },
      });
    } finally {
      await loseNothing();
    }
    await expect(submit(change())).resolves.toBeDefined();
  });
});
