import { Logger } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  courseServices,
  startModules,
  startNatsServer,
  waitFor,
  type CoursePlatform,
  type Handler,
  type NatsServer,
} from '../../../test/for-specs.ts';
import { registry } from '../../common/metrics/registry.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { ENVIRONMENT } from '../../config/environment.js';
import { CourseClient } from './course-client.js';

const { course, genericError, mended, oddSubjectOnly, published, startCoursePlatform } =
  await courseServices();

const byId = 'course.get.by.id';
const withIds = 'course.findUsersWithIds';
const TIMEOUT_MS = 300;

let server: NatsServer;
let platform: CoursePlatform;
let modules: TestingModule;
let client: CourseClient;
const logged: unknown[] = [];

async function start(environment: Partial<NodeJS.ProcessEnv> = {}): Promise<void> {
  await modules?.close();
  modules = await startModules({
    nats: server,
    environment: {
      NATS_REQUEST_TIMEOUT_MS: String(TIMEOUT_MS),
      NATS_BREAKER_FAILURES: '3',
      NATS_BREAKER_RESET_MS: '400',
      ...environment,
    },
  });
  client = new CourseClient(modules.get(NatsService), modules.get(ENVIRONMENT));
  logged.length = 0;
}

beforeAll(async () => {
  server = await startNatsServer();
  platform = await startCoursePlatform(server.url);
});
beforeEach(async () => {
  vi.spyOn(Logger.prototype, 'log').mockImplementation((line: unknown) => void logged.push(line));
  await start();
});
afterEach(() => platform.asked());
afterAll(async () => {
  await modules.close();
  await platform.close();
  await server.stop();
});

const find = (id: string) => client.findCourse(id);
const titleOf = async (id: string) => (await find(id))?.title;
const reasonOf = (id: string) =>
  find(id).then(
    () => 'told',
    (error: { reason: string }) => error.reason,
  );
const formsLogged = () =>
  (logged as { msg: string; form?: string }[])
    .filter(({ msg }) => msg === 'course lookup answers by another form')
    .map(({ form }) => form);
async function formsShown(): Promise<Record<string, number>> {
  const { values } = await registry.getSingleMetric('progress_course_lookup_form')!.get();
  return Object.fromEntries(values.map(({ labels, value }) => [labels['form'], value]));
}
const canAsk = () => modules.get(NatsService).canAsk('courses');

describe('a course', () => {
  it.each([
    ['a list, by ids', published],
    ['an object, by id', mended],
  ])(
    'is found, with its lessons, or absent, where the platform answers with %s',
    async (_, service) => {
      await platform.becomes(service);
      await expect(find('c1')).resolves.toMatchObject({
        courseId: 'c1',
        lessons: [{ lessonId: 'lesson-c1', sectionId: 's1' }],
      });
      await expect(find('nowhere')).resolves.toBeNull();
      expect(platform.asked()).toEqual([byId, byId]);
    },
  );

  it('is found under the other subject, which is asked first from then on', async () => {
    await platform.becomes(oddSubjectOnly);
    await expect(titleOf('c1')).resolves.toBe('course c1');
    await expect(titleOf('c2')).resolves.toBe('course c2');
    expect(platform.asked()).toEqual([byId, withIds, withIds]);
  });

  it('is found while the platform is mended, and falls back', async () => {
    for (const service of [published, mended, published, oddSubjectOnly, mended, oddSubjectOnly]) {
      await platform.becomes(service);
      for (const id of ['c1', 'c2', 'c3']) {
        await expect(titleOf(id)).resolves.toBe(`course ${id}`);
      }
    }
    expect(formsLogged()).toEqual([byId, withIds, byId, withIds]);
    await expect(formsShown()).resolves.toEqual({ [byId]: 0, [withIds]: 1 });
  });

  it('is unavailable, not absent, where all forms fail; each is asked once', async () => {
    await platform.becomes({ [byId]: () => genericError, [withIds]: () => genericError });
    await expect(reasonOf('c1')).resolves.toBe('failing');
    expect(platform.asked()).toEqual([byId, withIds]);
    expect(formsLogged()).toEqual([]);
  });

  it('is asked for in the configured form only', async () => {
    await start({ COURSE_LOOKUP: withIds });
    await expect(formsShown()).resolves.toEqual({ [byId]: 0, [withIds]: 1 });
    await platform.becomes(mended);
    await expect(reasonOf('c1')).resolves.toBe('no_responder');
    await platform.becomes(published);
    await expect(titleOf('c1')).resolves.toBe('course c1');
    await expect(reasonOf('nowhere')).resolves.toBe('failing');
    expect(platform.asked()).toEqual([withIds, withIds]);
  });
});

describe('a course that the service fails at', () => {
  const exceptBad =
    (handler: Handler): Handler =>
    (data) =>
      data.id === 'bad' ? genericError : handler(data);

  it('does not block other courses, and changes nothing that was learned', async () => {
    await platform.becomes({
      [byId]: exceptBad(mended[byId]!),
      [withIds]: exceptBad(oddSubjectOnly[withIds]!),
    });
    await titleOf('c1');
    for (let time = 0; time < 5; time += 1) {
      await expect(reasonOf('bad')).resolves.toBe('failing');
    }
    platform.asked();
    await expect(titleOf('c2')).resolves.toBe('course c2');
    expect(platform.asked()).toEqual([byId]);
    expect(formsLogged()).toEqual([byId]);
  });

  it('is not called absent by a form that never found any', async () => {
    await platform.becomes({
      [byId]: exceptBad(published[byId]!),
      [withIds]: () => ({ response: { data: null } }),
    });
    await titleOf('c1');
    await expect(reasonOf('bad')).resolves.toBe('failing');
  });
});

describe('a course service that', () => {
  it('dies is unavailable, opens the circuit, and is asked again when it is back', async () => {
    await platform.becomes(oddSubjectOnly);
    await titleOf('c1');
    await platform.becomes({});
    for (let time = 0; time < 3; time += 1) {
      await expect(reasonOf(`c${time}`)).resolves.toBe('no_responder');
    }
    expect(canAsk()).toBe(false);
    await platform.becomes(published);
    platform.asked();
    await waitFor(async () => (await titleOf('c1')) === 'course c1', { message: 'it is found' });
    expect(platform.asked()).toEqual([withIds]);
  });

  it('is silent under one subject answers under the other in time, to many at once, with the circuit closed', async () => {
    await platform.becomes({ ...oddSubjectOnly, [byId]: () => null });
    const begun = performance.now();
    const ids = Array.from({ length: 20 }, (_, index) => `c${index}`);
    const titles = await Promise.all(ids.map(titleOf));
    expect(titles).toEqual(ids.map((id) => `course ${id}`));
    expect(performance.now() - begun).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(canAsk()).toBe(true);
    platform.asked();
    await titleOf('c1');
    expect(platform.asked()).toEqual([withIds]);
  });

  it('falls silent under the learned subject is asked under the other first, once the silence is certain', async () => {
    await platform.becomes(published);
    await titleOf('c1');
    await platform.becomes({ ...published, [byId]: () => null });
    await expect(titleOf('c2')).resolves.toBe('course c2');
    await waitFor(() => formsLogged().length === 2, { message: 'the other form is learned' });
    platform.asked();
    await titleOf('c3');
    expect(platform.asked()).toEqual([withIds]);
  });

  it('is silent altogether is given up in time', async () => {
    await platform.becomes({ [byId]: () => null, [withIds]: () => null });
    const begun = performance.now();
    await expect(reasonOf('c1')).resolves.toBe('timeout');
    expect(performance.now() - begun).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(platform.asked()).toEqual([byId, withIds]);
  });

  it('sends more courses than the one asked for is read for that one', async () => {
    await platform.becomes({
      [byId]: ({ id }) => ({ response: ['c7', 'c8', id!].map(course) }),
    });
    await expect(titleOf('c1')).resolves.toBe('course c1');
  });
});

describe('a lesson of a course without a list', () => {
  const lesson = 'course.get.by.lesson.id';

  it('is unavailable, not absent, where the service fails', async () => {
    await platform.becomes({ [lesson]: () => genericError });
    await expect(client.findLesson('c1', 'l1')).rejects.toMatchObject({ reason: 'failing' });
    await platform.becomes({ [lesson]: () => ({ response: { data: null } }) });
    await expect(client.findLesson('c1', 'l1')).resolves.toBeNull();
    await platform.becomes({ [lesson]: () => ({ response: { data: { id: 'l2' } } }) });
    await expect(client.findLesson('c1', 'l1')).rejects.toMatchObject({ reason: 'malformed' });
  });
});
