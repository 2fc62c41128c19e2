import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../../sandbox/catalogue.ts';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import {
  createTestDatabase,
  startModules,
  startNatsServer,
  waitFor,
  type NatsServer,
  type TestDatabase,
} from '../../../test/for-specs.ts';
import { CourseCatalogModule } from './course-catalog.module.js';
import { CourseCatalogService } from './course-catalog.service.js';

const course = SANDBOX.shortCourse;
const courseId = course._id;
const lessonId = course.sections![0]!.lessons[0]!._id;
const unavailable = { code: 'SERVICE_UNAVAILABLE', messageKey: 'courseServiceUnavailable' };

let server: NatsServer;
let database: TestDatabase;
let peers: Peers;
const started: TestingModule[] = [];

async function start(environment: Partial<NodeJS.ProcessEnv> = {}): Promise<CourseCatalogService> {
  const imports = [CourseCatalogModule];
  const modules = await startModules({ nats: server, database, imports, environment });
  started.push(modules);
  return modules.get(CourseCatalogService);
}

beforeEach(async () => {
  [server, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  peers = await startPeers({ natsUrl: server.url });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((modules) => modules.close()));
  await peers.close();
  await Promise.all([server.stop(), database.drop()]);
});

describe('a course that is known', () => {
  it.each([
    [{ statusCode: 503, message: 'Away' }],
    [{ status: 'error', message: 'Internal server error' }],
    ['You may not see this'],
  ])('is not lost when it is refreshed while its service says %j', async (failure) => {
    const catalog = await start({ ABSENCE_CACHE_SECONDS: '60', PEER_GENERIC_ERROR: 'absent' });
    await catalog.findCourse(courseId);
    peers.courses.failure = failure;
    await expect(catalog.refresh(courseId)).rejects.toMatchObject(unavailable);
    await expect(catalog.look(courseId)).rejects.toMatchObject(unavailable);
    await expect(catalog.requireLesson(courseId, lessonId)).resolves.toMatchObject({
      lesson: { lessonId },
    });
    const afterRestart = await start({ ABSENCE_CACHE_SECONDS: '60' });
    await expect(afterRestart.refresh(courseId)).rejects.toMatchObject(unavailable);
    await expect(afterRestart.requireLesson(courseId, lessonId)).resolves.toBeDefined();
  });

  it('whose lessons are not listed keeps those that are known while its service fails', async () => {
    peers.courses.hideSections = true;
    const catalog = await start({ COURSE_REFRESH_SECONDS: '1', ABSENCE_CACHE_SECONDS: '1' });
    await catalog.requireLesson(courseId, lessonId);
    peers.courses.failure = { statusCode: 503 };
    const lookUps = () =>
      peers.courses.requests.filter(({ data }) => 'findLessonInput' in (data as object));
    await waitFor(
      async () => (await catalog.requireLesson(courseId, lessonId)) && lookUps().length > 1,
      { message: 'it was asked for again, in vain' },
    );
  });
});
