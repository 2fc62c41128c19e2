import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { NEST_VERSIONS } from '../platform/install.ts';
import { FAILURES, type Failure } from '../platform/src/contract.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { certificateStatus, refusal, study, succeed } from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const STATS = `query ($userId: String!) { getUserProgressStats(userId: $userId) { success } }`;
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;
const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`;
const PARK = `mutation ($userId: String!, $courseId: String!) {
  parkCertificate(userId: $userId, courseId: $courseId) { data { status } } }`;

const USER = 'user.get.by.id';
const COURSE = ['course.get.by.id', 'course.findUsersWithIds'];
const LESSON = 'course.get.by.lesson.id';
const CERTIFICATE = 'certificate.createCertificate';

/** Those that say that there is none; all others may hide a database that is away. */
const ABSENT: readonly Failure[] = [
  'rpc 404',
  'rpc text not found',
  'rpc of HTTP 404',
  'a stream without a value',
  'undefined',
  'null',
];
const CASES = FAILURES.map((how) => ({ how, absent: ABSENT.includes(how) }));
const world = platform({ lessons: 2, learners: 1 });
const known = world.learnerIds[0]!;
const key = { userId: known, courseId: world.course._id };

describe.each(NEST_VERSIONS)('services of NestJS %i whose handlers fail', (nest) => {
  let app: PlatformApp;
  let administrator: GraphqlClient;
  let learner: GraphqlClient;

  beforeAll(async () => {
    app = await startPlatformApp({
      nest,
      catalogue: world.catalogue,
      // Without row 4, what is thrown is what NestJS makes of it.
      mended: [1, 2, 3, 5],
      environment: {
        AUTH_VERIFY_USER: 'true',
        ABSENCE_CACHE_SECONDS: '0',
        CERTIFICATE_RETRY_MAX_SECONDS: '1',
        OUTBOX_POLL_MS: '50',
      },
    });
    administrator = await app.as(world.administratorId);
    learner = await app.as(known);
    // Both are known from here on.
    await study(learner, key, world.lessonIds.slice(0, 1));
    await succeed(administrator, STATS, { userId: known });
  });
  afterAll(() => app.close());

  async function whileFailing<T>(
    subjects: readonly string[],
    how: Failure,
    work: () => Promise<T>,
  ): Promise<T> {
    for (const subject of subjects) await app.platform.fail(subject, how);
    try {
      return await work();
    } finally {
      for (const subject of subjects) await app.platform.fail(subject, null);
    }
  }
  const create = (more: object) => refusal(administrator, CREATE, { input: { ...key, ...more } });
  const lessonId = world.lessonIds[1]!;

  it.each(CASES)('about a user: $how', async ({ how, absent }) => {
    const user = { ...world.catalogue.users.at(-1)!, id: userId() };
    await app.platform.addUser(user);
    const client = await app.as(user.id);
    const target = { ...world.catalogue.users.at(-1)!, id: userId() };
    const codes = await whileFailing([USER], how, async () => [
      await refusal(client, STATS, { userId: user.id }),
      await create({ userId: target.id, lessonId }),
    ]);
    expect(codes).toEqual(
      absent ? ['UNAUTHENTICATED', 'NOT_FOUND'] : ['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE'],
    );
  });

  it.each(CASES)('about a course that is not known: $how', async ({ how, absent }) => {
    const other = platform({ lessons: 1, learners: 0 });
    await app.platform.addCourse(other.course);
    const unknown = { courseId: other.course._id, lessonId: other.lessonIds[0]! };
    const code = await whileFailing(COURSE, how, () => create(unknown));
    expect(code).toBe(absent ? 'NOT_FOUND' : 'SERVICE_UNAVAILABLE');
    await succeed(administrator, CREATE, { input: { ...key, ...unknown } });
  });

  it.each<Failure>(['rpc 503', 'HTTP 404', 'Error'])(
    'about a course that is known, and is not lost when it is refreshed: %s',
    async (how) => {
      const other = platform({ lessons: 1, learners: 0 });
      await app.platform.addCourse(other.course);
      await succeed(administrator, REFRESH, { courseId: other.course._id });
      const next = { ...key, courseId: other.course._id, lessonId: other.lessonIds[0]! };
      await whileFailing(COURSE, how, async () => {
        const code = await refusal(administrator, REFRESH, { courseId: other.course._id });
        expect(code).toBe('SERVICE_UNAVAILABLE');
        await succeed(administrator, CREATE, { input: next });
      });
    },
  );

  it.each(CASES)('about a lesson: $how', async ({ how, absent }) => {
    const { sections: _, ...unlisted } = platform({ lessons: 1, learners: 0 }).course;
    await app.platform.addCourse(unlisted);
    const input = { courseId: unlisted._id, lessonId };
    const code = await whileFailing([LESSON], how, () => create(input));
    expect(code).toBe(absent ? 'NOT_FOUND' : 'SERVICE_UNAVAILABLE');
  });

  it('about a certificate: it is asked for again, says why and since when, and can be parked by hand', async () => {
    await whileFailing([CERTIFICATE], 'HTTP 403', async () => {
      await study(learner, key, [lessonId]);
      const waiting = await waitFor(
        async () => {
          const status = await certificateStatus(learner, key);
          return status.attempts > 2 && status;
        },
        { message: 'it was tried several times' },
      );
      expect(waiting).toMatchObject({
        status: 'REQUESTED',
        reason: 'Internal server error',
        requested_at: expect.any(String),
      });
      const metrics = await (await fetch(`${app.service.origin}/metrics`)).text();
      expect(metrics).toMatch(/progress_certificate_failures_total\{kind="failing"\} [1-9]/);
      await succeed(administrator, PARK, key);
      await expect(certificateStatus(learner, key)).resolves.toMatchObject({
        status: 'PARKED',
        reason: 'Internal server error',
      });
    });
  });
});
