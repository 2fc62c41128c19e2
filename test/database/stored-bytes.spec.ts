import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Beat } from '../../src/modules/user-progress/evidence/credit-beat.js';
import { LESSON_FRAGMENTS_MAXIMUM } from '../../src/modules/user-progress/evidence/limits.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { objectId, userId } from '../builders/ids.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const course = objectId();
const lesson = objectId();
let service: TestApp;
let queue: WriteQueue;

beforeAll(async () => {
  service = await startTestApp({ catalogue: false });
  queue = service.app.get(WriteQueue, { strict: false });
});
afterAll(() => service.close());

async function rows(sql: string, values: unknown[] = []): Promise<any[]> {
  return (await service.database.pool.query(sql, values)).rows;
}

/** A learner whose record of the lesson has as many pieces as it may. */
async function fragmentedLearner(): Promise<string> {
  const user = userId();
  await queue.submit({
    kind: 'create',
    ...{ userId: user, lessonId: lesson, courseId: course },
    ...{ completed: false, watchTimeSeconds: 0, durationSeconds: null },
  });
  await rows(
    `UPDATE user_progress SET unique_seconds = $2, watched = (
       SELECT range_agg(int4range(80000 + 2 * n, 80001 + 2 * n)) FROM generate_series(1, $2) n)
     WHERE user_id = $1`,
    [user, LESSON_FRAGMENTS_MAXIMUM],
  );
  return user;
}

const beat = (given: Partial<Beat>): Beat => ({
  ...{ seq: 0, from: 0, to: 0, rate: 1, at: new Date(Date.now() - 60_000) },
  ...given,
});

const watch = (user: string, ...beats: Beat[]) =>
  queue.submit({
    kind: 'recordWatch',
    ...{ userId: user, lessonId: lesson, courseId: course, sessionId: 'player', beats },
    create: { durationSeconds: null },
  });

/** Which version of each row is stored: a row that is written has another one afterwards. */
const versions = (user: string) =>
  rows(
    `SELECT 'record' AS of, xmin::text, ctid::text FROM user_progress WHERE user_id = $1
     UNION ALL SELECT 'rollup', xmin::text, ctid::text FROM course_progress WHERE user_id = $1
     UNION ALL SELECT 'session', xmin::text, ctid::text FROM watch_session WHERE user_id = $1
     UNION ALL SELECT 'clock ' || hour, xmin::text, ctid::text FROM watch_clock WHERE user_id = $1`,
    [user],
  );

describe('nothing is written', () => {
  it('by a change that changes nothing, and the time of the last change stays', async () => {
    const user = userId();
    const key = { userId: user, lessonId: lesson };
    const { record } = await watch(user, beat({ from: 0, to: 10 }));
    const { record: completed } = await queue.submit({ kind: 'set', ...key, completed: true });
    const before = await versions(user);
    expect(before.map(({ of }) => of)).toHaveLength(4);

    const again = await queue.submit({ kind: 'set', ...key, completed: true });
    expect(again.record).toEqual(completed);
    await queue.submit({ kind: 'set', ...key, id: record.id, watchTimeSeconds: 10 });
    await queue.submit({ kind: 'set', ...key });
    const repeated = await watch(user, beat({ from: 0, to: 10 }), beat({ seq: 1, from: 5, to: 4 }));
    expect(repeated.beats!.map(({ result }) => result)).toEqual(['DUPLICATE', 'REJECTED']);
    expect(await versions(user)).toEqual(before);
  });

  it('of a record by a beat that only uses up its number', async () => {
    const user = userId();
    await watch(user, beat({ from: 0, to: 10 }));
    const before = await versions(user);
    await watch(user, beat({ seq: 1, at: new Date(Date.now() - 120_000) }));
    const changed = (await versions(user)).filter(
      ({ of, xmin }) => !before.some((row) => row.of === of && row.xmin === xmin),
    );
    expect(changed.map(({ of }) => of)).toEqual(['session']);
    const again = await watch(user, beat({ seq: 1, at: new Date(Date.now() - 120_000) }));
    expect(again.beats![0]!.result).toBe('DUPLICATE');
  });

  it('of the stretches that were seen, by a change of something else', async () => {
    const user = await fragmentedLearner();
    const [{ stretches }] = await rows(
      `SELECT reltoastrelid::regclass::text AS stretches FROM pg_class WHERE relname = 'user_progress'`,
    );
    const stored = () => rows(`SELECT DISTINCT chunk_id::text FROM ${stretches} ORDER BY 1`);
    const before = await stored();
    expect(before.length).toBeGreaterThan(0);
    await queue.submit({ kind: 'addWatchTime', userId: user, lessonId: lesson, seconds: 5 });
    await watch(user, beat({}));
    expect(await stored()).toEqual(before);
    const [{ watched }] = await rows(
      'SELECT watched::text AS watched FROM user_progress WHERE user_id = $1',
      [user],
    );
    expect(watched.match(/\[/g)).toHaveLength(LESSON_FRAGMENTS_MAXIMUM);
  });
});

describe('the first answer to a key', () => {
  const add = (user: string) =>
    queue.submit({
      kind: 'addWatchTime',
      ...{ userId: user, lessonId: lesson, seconds: 7, idempotencyKey: 'key' },
    });

  it('takes less than a kilobyte, whatever was seen, and is given again', async () => {
    const user = await fragmentedLearner();
    const first = await add(user);
    await queue.submit({ kind: 'addWatchTime', userId: user, lessonId: lesson, seconds: 100 });
    const again = await add(user);
    expect(again.record).toEqual(first.record);
    const [{ bytes }] = await rows(
      'SELECT octet_length(result::text) AS bytes FROM idempotency_key WHERE user_id = $1',
      [user],
    );
    expect(bytes).toBeLessThan(1_024);
  });

  it('that an older process stored whole is given, too', async () => {
    const user = await fragmentedLearner();
    const { record } = await add(user);
    await rows('UPDATE idempotency_key SET result = $2 WHERE user_id = $1', [
      user,
      JSON.stringify(record),
    ]);
    expect((await add(user)).record).toEqual(record);
  });
});
