import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 2, learners: 4, durationSeconds: 100 });
let service: TestApp;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
});
afterAll(() => service.close());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const DAY = 86_400;

/** A learner's player, in the first lesson of the course. */
async function playerOf(learner: number) {
  const userId = world.learnerIds[learner]!;
  const key = { userId, lessonId: world.lessonIds[0]! };
  const client: GraphqlClient = await service.as({ sub: userId, role: 'user' });
  const ask = async (text: string, variables: Record<string, unknown>) => {
    const { data, errors } = await client.request(text, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as any;
  };
  return {
    userId,
    watch: (beats: object[], sessionId = 'tv') =>
      ask(
        `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) {
           data { id completed completed_at watch_time_seconds unique_seconds createdAt watched { from to } }
           beats { result reason } } }`,
        { input: { ...key, courseId: world.course._id, sessionId, beats } },
      ),
    set: (input: object) =>
      ask(
        `mutation ($userId: String!, $lessonId: String!, $input: UpdateUserProgressInput!) {
           updateUserProgressByUserAndLesson(userId: $userId, lessonId: $lessonId, updateUserProgressInput: $input) {
             data { completed coverage_percentage } } }`,
        { ...key, input },
      ),
    remove: (id: string) =>
      ask(`mutation ($id: ID!) { deleteUserProgress(id: $id) { success } }`, { id }),
    blockers: async () =>
      (
        await ask(
          `query ($userId: String!, $courseId: String!) { certificateStatus(userId: $userId, courseId: $courseId) {
             data { blockers { lessonId coverage_percentage missing_seconds } } } }`,
          { userId, courseId: world.course._id },
        )
      ).data.blockers.find(({ lessonId }: { lessonId: string }) => lessonId === key.lessonId),
    records: async () =>
      (
        await ask(
          `query ($userId: String!) { userProgressList(filter: { userId: $userId }) { items { id } } }`,
          { userId },
        )
      ).items,
    exported: async () =>
      (
        await ask(
          `query ($userId: String!) { exportUserData(userId: $userId) { data {
             records { reopened_at evidence_after seen_since { from to } } sessions { latest_seq latest_at } } } }`,
          { userId },
        )
      ).data,
  };
}

describe('a lesson that was reopened by hand', () => {
  it('keeps what was seen, and is completed again only by what is watched after that', async () => {
    const player = await playerOf(0);
    const { data } = await player.watch([{ seq: 0, from: 0, to: 90, at: ago(2_000) }]);
    expect(data.completed).toBe(true);
    const reopened = await player.set({ id: data.id, completed: false });
    expect(reopened.data).toEqual({ completed: false, coverage_percentage: 90 });

    const late = await player.watch([{ seq: 1, from: 90, to: 100, at: ago(DAY) }]);
    expect(late).toMatchObject({
      data: { completed: false, unique_seconds: 100 },
      beats: [{ result: 'COUNTED' }],
    });
    expect(await player.blockers()).toMatchObject({
      coverage_percentage: 100,
      missing_seconds: 90,
    });

    // As if it had been reopened some minutes ago.
    await service.database.pool.query(
      `UPDATE user_progress
       SET reopened_at = (reopened_at AT TIME ZONE 'UTC' - interval '300 s') AT TIME ZONE 'UTC'
       WHERE user_id = $1`,
      [player.userId],
    );
    const some = await player.watch([{ seq: 2, from: 0, to: 60, at: ago(150) }]);
    expect(some.data.completed).toBe(false);
    expect(await player.blockers()).toMatchObject({ missing_seconds: 30 });
    expect((await player.exported()).records).toMatchObject([
      { reopened_at: expect.any(String), seen_since: [{ from: 0, to: 60 }], evidence_after: null },
    ]);
    const rest = await player.watch([{ seq: 3, from: 60, to: 90, at: ago(100) }]);
    expect(rest.data).toMatchObject({ completed: true, unique_seconds: 100 });
    expect((await player.exported()).records).toMatchObject([
      { reopened_at: null, seen_since: null },
    ]);
  });
});

describe('a deleted record', () => {
  it('stays deleted whatever older beats come, and begins anew with later ones', async () => {
    const player = await playerOf(1);
    const { data } = await player.watch([{ seq: 0, from: 0, to: 20, at: ago(500) }]);
    await player.remove(data.id);
    const offline = [{ seq: 0, from: 20, to: 30, at: ago(300) }];
    const older = await player.watch(offline, 'phone');
    expect(older).toMatchObject({
      data: { watch_time_seconds: 0, watched: [] },
      beats: [{ result: 'REJECTED', reason: 'BEFORE_DELETION' }],
    });
    expect(await player.records()).toEqual([]);

    const anew = await player.watch([{ seq: 1, from: 40, to: 50, at: ago(-1) }]);
    expect(anew.data).toMatchObject({ id: data.id, watched: [{ from: 40, to: 50 }] });
    const still = await player.watch(offline, 'phone');
    expect(still.beats).toMatchObject([{ reason: 'BEFORE_DELETION' }]);
    expect(await player.records()).toEqual([{ id: data.id }]);
    expect((await player.exported()).records[0].evidence_after).not.toBeNull();
  });
});

describe('a session name that is used again', () => {
  const beatsOf = (count: number, age: number, from: number) =>
    Array.from({ length: count }, (_, seq) => ({
      seq,
      from: from + seq * 5,
      to: from + seq * 5 + 5,
      at: ago(age - seq * 5),
    }));

  it('is told apart from a repeat, so that the player begins another session', async () => {
    const player = await playerOf(2);
    const first = beatsOf(6, 1_000, 0);
    await player.watch(first);
    const repeat = await player.watch(first);
    expect(repeat.beats).toEqual(
      first.map(() => ({ result: 'DUPLICATE', reason: 'ALREADY_COUNTED' })),
    );
    const lost = beatsOf(5, 500, 30);
    const reused = await player.watch(lost);
    expect(reused.beats).toEqual(
      lost.map(() => ({ result: 'REJECTED', reason: 'SESSION_REUSED' })),
    );
    expect(reused.data.watch_time_seconds).toBe(30);
    const another = await player.watch(lost, 'tv-2');
    expect(another.data.watch_time_seconds).toBe(55);
    expect((await player.exported()).sessions).toMatchObject([
      { latest_seq: 5, latest_at: first[5]!.at },
      { latest_seq: 4, latest_at: lost[4]!.at },
    ]);
  });

  it('is not suspected after a process of an older version counted in between', async () => {
    const player = await playerOf(3);
    await player.watch(beatsOf(3, 1_000, 0));
    // What an older process writes for the beats 3 and 4: it knows nothing of the latest beat.
    await service.database.pool.query(
      `UPDATE watch_session SET counted = '{[0,5)}' WHERE user_id = $1`,
      [player.userId],
    );
    const repeat = await player.watch([{ seq: 3, from: 15, to: 20, at: ago(900) }]);
    expect(repeat.beats).toMatchObject([{ result: 'DUPLICATE' }]);
  });
});
