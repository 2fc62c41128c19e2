import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { objectId, userId } from '../builders/ids.ts';
import { WriteStage } from '../support/analytics/write-stage.ts';

let stage: WriteStage;
beforeAll(async () => {
  stage = await WriteStage.open({});
});
afterAll(() => stage.close());

const courseId = objectId();
const lessons = [objectId(), objectId()];
const learners = Array.from({ length: 6 }, userId);

beforeEach(async () => {
  await stage.begin('UTC', new Date(Date.now() - 86_400_000));
  await stage.offer(
    courseId,
    lessons.map((lessonId) => ({ lessonId, durationSeconds: 30 })),
    new Date(),
  );
});

/** All learners watch and complete, over two processes; one is erased. */
async function learn(round: number): Promise<void> {
  const changes = learners.flatMap((learner, index) =>
    lessons.flatMap((lessonId) => {
      const key = { userId: learner, lessonId };
      return [
        stage.submit(index % 2, {
          ...{ kind: 'recordWatch', ...key, courseId, sessionId: `session${round}` },
          ...{ create: { durationSeconds: 30 }, elsewhere: { lostBy: null } },
          beats: [{ seq: round, from: round, to: round + 9, rate: 1, at: new Date() }],
        }),
        stage.submit(index % 2, { kind: 'set', ...key, completed: round % 2 === 0 }),
      ];
    }),
  );
  await Promise.all(changes);
  if (round === 2) await stage.erase(learners[0]!);
}

/** Calls it again and again until the work has ended. */
async function beside(work: Promise<void>, call: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  const working = work.finally(() => (isOver = true));
  while (!isOver) await call();
  await working;
}

async function learnInRounds(): Promise<void> {
  for (let round = 0; round < 6; round += 1) await learn(round);
}

it('finds nothing, while two processes write and their folders fold', async () => {
  await beside(learnInRounds(), async () => {
    const [found] = await Promise.all([stage.differences(), stage.fold(1, 3)]);
    expect(found).toEqual([]);
  });
  await stage.foldAll();
  expect(await stage.differences()).toEqual([]);
});

it('builds the figures while two processes write, and none of their changes is lost or doubled', async () => {
  await learn(0);
  await beside(learnInRounds(), () => Promise.all([stage.buildAnew(), stage.fold(0, 3)]));
  expect(await stage.differences()).toEqual([]);
  await stage.foldAll();
  expect(await stage.differences()).toEqual([]);
});
