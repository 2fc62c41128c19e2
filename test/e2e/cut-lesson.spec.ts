import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { succeed } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 2, learners: 2, durationSeconds: 900 });
const courseId = world.course._id;
const [lesson, otherLesson] = world.lessonIds as [string, string];
const [reader, watcher] = world.learnerIds as [string, string];
let service: TestApp;
let administrator: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
afterAll(() => service.close());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const FIELDS = 'id completed position_seconds unique_seconds';

async function setLength(lessonId: string, durationSeconds: number): Promise<void> {
  const { courses } = service.peers!.courses;
  const sections = courses.get(courseId)!.sections!.map((section) => ({
    ...section,
    lessons: section.lessons.map((one) =>
      one._id === lessonId ? { ...one, durationSeconds } : one,
    ),
  }));
  courses.set(courseId, { ...world.course, sections });
  await succeed(
    administrator,
    `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`,
    { courseId },
  );
}

const watch = async (userId: string, lessonId: string, beats: object[]) =>
  (
    await succeed(
      administrator,
      `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { data { ${FIELDS} } beats { result } } }`,
      { input: { userId, courseId, lessonId, sessionId: 'player', beats } },
    )
  ).data;

it('a lesson that was cut is resumed no later than at its end, in every answer', async () => {
  const key = { userId: reader, lessonId: lesson };
  const { id } = await watch(reader, lesson, [{ seq: 0, from: 800, to: 900, at: ago(100) }]);
  const positions = async () => {
    const data: any = await administrator.request(
      `query ($id: ID!, $userId: String!, $lessonId: String!) {
         byId: userProgress(id: $id) { data { position_seconds } }
         byLesson: userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data { position_seconds } }
         list: userProgressList(filter: { userId: $userId }) { items { position_seconds } }
         latest: userProgressList(filter: { userId: $userId }, orderBy: UPDATED_DESC) { items { position_seconds } }
         walk: userProgressConnection(filter: { userId: $userId }) { edges { node { position_seconds } } }
         exported: exportUserData(userId: $userId) { data { records { position_seconds } } }
       }`,
      { id, ...key },
    );
    return [...JSON.stringify(data).matchAll(/"position_seconds":(\d+)/g)].map(([, at]) =>
      Number(at),
    );
  };
  expect(await positions()).toEqual([900, 900, 900, 900, 900, 900]);
  await setLength(lesson, 500);
  expect(await positions()).toEqual([500, 500, 500, 500, 500, 500]);
  const added = await succeed(
    administrator,
    `mutation ($userId: String!, $lessonId: String!) { updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 1) {
       data { position_seconds } } }`,
    key,
  );
  expect(added.data.position_seconds).toBe(500);
  await setLength(lesson, 900);
  expect(await positions()).toEqual([900, 900, 900, 900, 900, 900]);
});

it('a lesson that was cut to what was seen is completed by the next beat, though it shows nothing new', async () => {
  const seen = await watch(watcher, otherLesson, [{ seq: 0, from: 0, to: 500, at: ago(1_000) }]);
  expect(seen.completed).toBe(false);
  await setLength(otherLesson, 500);
  const again = await watch(watcher, otherLesson, [{ seq: 1, from: 0, to: 10, at: ago(100) }]);
  expect(again).toMatchObject({ completed: true, unique_seconds: 500 });
});
