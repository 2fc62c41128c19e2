import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SANDBOX, type SandboxCourse } from '../../../sandbox/catalogue.ts';
import type { Peers } from '../../../sandbox/peers/index.ts';
import {
  catalogStage,
  waitFor,
  type CatalogStage,
  type TestDatabase,
} from '../../../test/for-specs.ts';
import { Database } from '../../common/database/database.js';
import type { StructureChange } from './course-catalog.js';

const course = SANDBOX.shortCourse;
const courseId = course._id;
const [first, second] = course.sections![0]!.lessons;
const lessonId = first!._id;
const newLesson = { _id: '6740a1f0c3d2e4b5a69788ff', title: 'Latte art', durationSeconds: 90 };

let stage: CatalogStage;
let database: TestDatabase;
let peers: Peers;

beforeEach(async () => {
  stage = await (await catalogStage()).startCatalogStage();
  ({ database, peers } = stage);
});
afterEach(() => stage.close());

const start = (environment?: Partial<NodeJS.ProcessEnv>) => stage.start(environment);
const asked = () => peers.courses.requests.length;
const changeCourse = (changes: Partial<SandboxCourse>) =>
  peers.courses.courses.set(courseId, { ...course, ...changes });
const addLesson = () =>
  changeCourse({
    sections: [...course.sections!, { _id: 's9', title: 'More', lessons: [newLesson] }],
  });
const age = (seconds: number) =>
  database.pool.query(`UPDATE course SET fetched_at = now() - make_interval(secs => $1)`, [
    seconds,
  ]);

const adoptCourse = () =>
  database.pool.query(
    `INSERT INTO course (course_id, lessons_listed, lessons_total, fetched_at)
     VALUES ($1, false, 0, 'epoch')`,
    [courseId],
  );

const courseNotFound = {
  code: 'NOT_FOUND',
  messageKey: 'courseNotFound',
  details: { resource: 'course' },
};
const lessonNotFound = {
  code: 'NOT_FOUND',
  messageKey: 'lessonNotFound',
  details: { resource: 'lesson' },
};
const unavailable = { code: 'SERVICE_UNAVAILABLE', messageKey: 'courseServiceUnavailable' };

describe('a lesson', () => {
  it('of a listed course is found in its list, with its duration', async () => {
    const catalog = await start();
    await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      course: { courseId, instructorId: course.instructorId, lessonsListed: true, lessonsTotal: 3 },
      lesson: { lessonId, title: first!.title, durationSeconds: first!.durationSeconds },
    });
  });

  it('of a course in memory costs neither a query nor a request', async () => {
    const catalog = await start();
    await catalog.requireLesson(courseId, lessonId);
    const query = vi.spyOn(Database.prototype, 'query');
    await catalog.requireLesson(courseId, second!._id);
    expect(query).not.toHaveBeenCalled();
    expect(asked()).toBe(1);
  });

  it('of another course, or of none, is not found', async () => {
    const catalog = await start();
    const other = SANDBOX.courses[1]!.sections![0]!.lessons[0]!._id;
    await expect(catalog.requireLesson(courseId, other)).rejects.toMatchObject(lessonNotFound);
    await expect(catalog.requireLesson('nowhere', lessonId)).rejects.toMatchObject(courseNotFound);
  });

  it('that is new is found at once', async () => {
    const catalog = await start();
    await catalog.requireLesson(courseId, lessonId);
    addLesson();
    await expect(catalog.requireLesson(courseId, newLesson._id)).resolves.toMatchObject({
      course: { structureVersion: 2, lessonsTotal: 4 },
      lesson: { lessonId: newLesson._id },
    });
  });

  it('that does not exist is not asked for again and again', async () => {
    const catalog = await start({ ABSENCE_CACHE_SECONDS: '60' });
    for (let call = 0; call < 5; call += 1) {
      await expect(catalog.requireLesson(courseId, `none-${call}`)).rejects.toMatchObject(
        lessonNotFound,
      );
    }
    expect(asked()).toBe(1);
  });

  it('that may be new cannot be judged while the course service is away', async () => {
    const catalog = await start();
    await catalog.requireLesson(courseId, lessonId);
    peers.courses.silent = true;
    await expect(catalog.requireLesson(courseId, newLesson._id)).rejects.toMatchObject(unavailable);
    await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      lesson: { lessonId },
    });
  });

  it('of a course that lists none is asked for by itself, once', async () => {
    peers.courses.hideSections = true;
    const catalog = await start({ ABSENCE_CACHE_SECONDS: '60' });
    for (let call = 0; call < 3; call += 1) {
      await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
        course: { lessonsListed: false, lessonsTotal: 3 },
        lesson: { lessonId, durationSeconds: first!.durationSeconds },
      });
    }
    await expect(catalog.requireLesson(courseId, 'none')).rejects.toMatchObject(lessonNotFound);
    expect(peers.courses.requests.map(({ data }) => data)).toEqual([
      { id: courseId, ids: [courseId] },
      { findLessonInput: { courseId, id: lessonId } },
      { findLessonInput: { courseId, id: 'none' } },
    ]);
    peers.courses.silent = true;
    await expect(catalog.requireLesson(courseId, second!._id)).rejects.toMatchObject(unavailable);
  });
});

describe('a course', () => {
  it('of a course that only adopted records name is found at the first request', async () => {
    await adoptCourse();
    const ours = await start();
    await expect(ours.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      course: { lessonsListed: true, lessonsTotal: 3 },
      lesson: { lessonId },
    });
  });

  it('that was never known cannot be judged while its service is away', async () => {
    const catalog = await start();
    peers.courses.silent = true;
    await expect(catalog.requireLesson(courseId, lessonId)).rejects.toMatchObject(unavailable);
    await expect(catalog.findCourse(courseId)).rejects.toMatchObject(unavailable);
    await expect(catalog.refresh(courseId)).rejects.toMatchObject(unavailable);
  });

  it('is known after a restart without its service', async () => {
    await (await start()).findCourse(courseId);
    await age(100_000);
    await peers.close();
    const catalog = await start();
    await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      lesson: { lessonId },
    });
  });

  it('that is old is served as it is, and refreshed behind the caller', async () => {
    await (await start()).findCourse(courseId);
    await age(1_000);
    addLesson();
    peers.courses.delayMs = 100;
    const catalog = await start();
    await expect(catalog.findCourse(courseId)).resolves.toMatchObject({ lessonsTotal: 3 });
    await waitFor(async () => (await catalog.findCourse(courseId))?.lessonsTotal === 4, {
      message: 'the new structure is served',
    });
    expect(asked()).toBe(2);
  });

  it('that another process refreshed is taken from the database', async () => {
    const [ours, theirs] = [await start({ COURSE_REFRESH_SECONDS: '1' }), await start()];
    await ours.findCourse(courseId);
    addLesson();
    await waitFor(
      async () => Date.now() - (await ours.findCourse(courseId))!.fetchedAt.getTime() > 600,
      {
        message: 'time passes, but not enough for a refresh',
      },
    );
    await theirs.refresh(courseId);
    await waitFor(async () => (await ours.findCourse(courseId))?.lessonsTotal === 4, {
      message: 'the refresh is seen',
    });
  });

  it('keeps its structure when the reply is malformed', async () => {
    const catalog = await start();
    await catalog.findCourse(courseId);
    changeCourse({
      sections: [{ _id: 's1', title: 'x', lessons: [first!, { title: 'no id' } as never] }],
    });
    await expect(catalog.refresh(courseId)).rejects.toMatchObject(unavailable);
    await expect(catalog.findCourse(courseId)).resolves.toMatchObject({ lessonsTotal: 3 });
  });

  it('that is gone takes no new learners, but is still known', async () => {
    const catalog = await start();
    await catalog.findCourse(courseId);
    peers.courses.courses.delete(courseId);
    await expect(catalog.refresh(courseId)).rejects.toMatchObject(courseNotFound);
    await expect(catalog.requireLesson(courseId, lessonId)).rejects.toMatchObject(courseNotFound);
    await expect(catalog.findCourse(courseId)).resolves.toMatchObject({ courseId });
    changeCourse({});
    await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      lesson: { lessonId },
    });
  });

  it('is asked for once by concurrent callers', async () => {
    const catalog = await start();
    peers.courses.delayMs = 50;
    await Promise.all(Array.from({ length: 20 }, () => catalog.requireLesson(courseId, lessonId)));
    expect(asked()).toBe(1);
  });

  it('that does not exist is null, and believed for a while', async () => {
    const catalog = await start({ ABSENCE_CACHE_SECONDS: '60' });
    await expect(catalog.findCourse('nowhere')).resolves.toBeNull();
    await expect(catalog.findCourse('nowhere')).resolves.toBeNull();
    expect(asked()).toBe(1);
  });

  it('that only adopted records name is taught by its instructor from the first request on', async () => {
    await adoptCourse();
    const ours = await start();
    await expect(ours.teaches(course.instructorId, courseId)).resolves.toBe(true);
  });

  it('that only adopted records name is known without a structure while its service is away', async () => {
    await adoptCourse();
    const ours = await start();
    peers.courses.silent = true;
    await expect(ours.findCourse(courseId)).resolves.toMatchObject({ lessonsTotal: 0 });
  });

  it('is taught by its instructor only', async () => {
    const catalog = await start();
    await expect(catalog.teaches(course.instructorId, courseId)).resolves.toBe(true);
    await expect(catalog.teaches(SANDBOX.instructors[1]!.id, courseId)).resolves.toBe(false);
    await expect(catalog.teaches(course.instructorId, 'nowhere')).resolves.toBe(false);
  });

  it('tells of each change of its structure, and of nothing else', async () => {
    const catalog = await start();
    const changes: StructureChange[] = [];
    catalog.structureChanges.subscribe((change) => changes.push(change));
    await catalog.refresh(courseId);
    changeCourse({ title: 'Another title' });
    await catalog.refresh(courseId);
    addLesson();
    await catalog.refresh(courseId);
    expect(changes).toEqual([
      { courseId, structureVersion: 1 },
      { courseId, structureVersion: 2 },
    ]);
  });
});
