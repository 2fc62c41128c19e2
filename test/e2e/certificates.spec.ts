import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { withLessons, withoutSections } from '../builders/course.ts';
import { objectId, userId as newUserId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  certificateStatus,
  certificateStatusRefusal,
  refusal,
  study,
  succeed,
  untilCertificate,
  type Key,
} from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const LIST = `query ($filter: CertificateFilterInput, $first: Int, $after: String) {
  certificates(filter: $filter, first: $first, after: $after) { success message
    edges { cursor node { userId courseId status completed_at requested_at issued_at reason } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const REPLAY = `mutation ($userId: String!, $courseId: String!) {
  replayCertificate(userId: $userId, courseId: $courseId) { success message data { status reason } } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { data { unique_seconds } } }`;

const world = platform({ lessons: 3, learners: 20 });
const courseId = world.course._id;
const learners = [...world.learnerIds];
let service: TestApp;
let administrator: GraphqlClient;
/** A learner that no other test has. */
let key: Key;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: {
      OUTBOX_BACKOFF_MAX_SECONDS: '1',
      OUTBOX_POLL_MS: '50',
      NATS_REQUEST_TIMEOUT_MS: '500',
    },
  });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
beforeEach(() => {
  key = { userId: learners.pop()!, courseId };
  service.peers!.certificates.refuse = () => null;
  service.peers!.certificates.silent = false;
});
afterAll(() => service.close());

const completeCourse = () => study(administrator, key, world.lessonIds);
const issuedTo = ({ userId }: Key) =>
  service.peers!.certificates.issued.filter((issue) => issue.userId === userId);

describe('certificateStatus', () => {
  it('names what is missing, and how much coverage each lesson still needs', async () => {
    const [first, second, third] = world.lessonIds as [string, string, string];
    await study(administrator, key, [first]);
    await succeed(administrator, WATCH, {
      input: {
        ...key,
        lessonId: second,
        sessionId: 'player',
        beats: [{ seq: 0, from: 0, to: 100, rate: 1, at: new Date().toISOString() }],
      },
    });
    await expect(certificateStatus(administrator, key)).resolves.toEqual({
      ...key,
      status: 'NOT_EARNED',
      completed_at: null,
      requested_at: null,
      issued_at: null,
      reason: 'LESSONS_MISSING',
      attempts: null,
      missing_lessons: 2,
      blockers: [
        {
          lessonId: second,
          title: 'Lesson 2',
          completed: false,
          coverage_percentage: 16.67,
          missing_seconds: 440,
        },
        {
          lessonId: third,
          title: 'Lesson 3',
          completed: false,
          coverage_percentage: 0,
          missing_seconds: 540,
        },
      ],
    });
  });

  it('is REQUESTED from the completion on, and ISSUED with its dates when the service answers', async () => {
    service.peers!.certificates.silent = true;
    await completeCourse();
    const requested = await waitFor(
      async () => {
        const status = await certificateStatus(administrator, key);
        return status.requested_at !== null && status;
      },
      { message: 'the certificate service was asked' },
    );
    expect(requested).toMatchObject({
      status: 'REQUESTED',
      issued_at: null,
      reason: null,
      missing_lessons: 0,
      blockers: [],
    });

    service.peers!.certificates.silent = false;
    const issued = await untilCertificate(administrator, key, 'ISSUED');
    expect(issued.completed_at).toBe(requested.completed_at);
    expect(issued.requested_at).toBe(requested.requested_at);
    const dates = [issued.completed_at, issued.requested_at, issued.issued_at];
    expect(dates.map(Date.parse)).toEqual(dates.map(Date.parse).sort((a, b) => a - b));
    expect(issuedTo(key)).toHaveLength(1);
  });

  it('names the first hundred lessons of a long course, and how many there are', async () => {
    const course = withLessons(
      { ...world.course, _id: objectId() },
      Array.from({ length: 130 }, objectId),
    );
    service.peers!.courses.courses.set(course._id, course);
    const status = await certificateStatus(administrator, { ...key, courseId: course._id });
    expect(status).toMatchObject({ reason: 'LESSONS_MISSING', missing_lessons: 130 });
    const shown = status.blockers.map(({ lessonId }: { lessonId: string }) => lessonId);
    expect(shown).toEqual(course.sections![0]!.lessons.slice(0, 100).map(({ _id }) => _id));
  });

  it('says so when a course has no lessons', async () => {
    const course = withLessons({ ...world.course, _id: objectId() }, []);
    service.peers!.courses.courses.set(course._id, course);
    const status = await certificateStatus(administrator, { ...key, courseId: course._id });
    expect(status).toMatchObject({
      status: 'NOT_EARNED',
      reason: 'COURSE_HAS_NO_LESSONS',
      blockers: [],
    });
  });

  it('says how many are missing when the course service tells only their number', async () => {
    const unlisted = withoutSections({ ...world.course, _id: objectId() }, 5);
    service.peers!.courses.courses.set(unlisted._id, unlisted);
    const status = await certificateStatus(administrator, { ...key, courseId: unlisted._id });
    expect(status).toMatchObject({
      reason: 'LESSONS_NOT_LISTED',
      missing_lessons: 5,
      blockers: [],
    });
  });

  it('says so when the structure is not known', async () => {
    const unlisted = withoutSections({ ...world.course, _id: objectId() }, 0);
    service.peers!.courses.courses.set(unlisted._id, unlisted);
    const status = await certificateStatus(administrator, { ...key, courseId: unlisted._id });
    expect(status).toMatchObject({ status: 'NOT_EARNED', reason: 'STRUCTURE_UNKNOWN' });
  });

  it('says so when nothing is missing any more and the evaluation is to come', async () => {
    const lessonIds = [objectId(), objectId()];
    const course = withLessons({ ...world.course, _id: objectId() }, lessonIds);
    service.peers!.courses.courses.set(course._id, course);
    const there = { ...key, courseId: course._id };
    await study(administrator, there, lessonIds.slice(0, 1));
    await service.database.pool.query(`DELETE FROM course_lesson WHERE lesson_id = $1`, [
      lessonIds[1],
    ]);
    await expect(certificateStatus(administrator, there)).resolves.toMatchObject({
      reason: 'BEING_EVALUATED',
      missing_lessons: 0,
    });
  });

  it('is NOT_FOUND for a course that does not exist', async () => {
    const nowhere = { ...key, courseId: objectId() };
    await expect(certificateStatusRefusal(administrator, nowhere)).resolves.toBe('NOT_FOUND');
  });

  it('is shown to the learner and to who teaches the course, and to nobody else', async () => {
    const learner = await service.as({ sub: key.userId, role: 'user' });
    const teacher = await service.as({ sub: world.instructorId, role: 'instructor' });
    const other = await service.as({ sub: newUserId(), role: 'user' });
    const otherTeacher = await service.as({ sub: newUserId(), role: 'instructor' });
    for (const permitted of [learner, teacher]) {
      await expect(certificateStatus(permitted, key)).resolves.toMatchObject({
        status: 'NOT_EARNED',
      });
    }
    for (const refused of [other, otherTeacher]) {
      await expect(certificateStatusRefusal(refused, key)).resolves.toBe('FORBIDDEN');
    }
  });
});

describe('a certificate that is refused for good', () => {
  beforeEach(async () => {
    service.peers!.certificates.refuse = () => 'This learner is banned';
    await completeCourse();
    await untilCertificate(administrator, key, 'PARKED');
  });

  it('is PARKED, with why, and found among the parked', async () => {
    await expect(certificateStatus(administrator, key)).resolves.toMatchObject({
      reason: 'This learner is banned',
      issued_at: null,
      blockers: [],
    });
    const { edges } = await succeed(administrator, LIST, {
      filter: { status: 'PARKED', userId: key.userId },
    });
    expect(edges.map(({ node }: any) => node)).toMatchObject([
      { ...key, reason: 'This learner is banned' },
    ]);
  });

  it('is requested again by a replay, the service being asked first whether it issued after all', async () => {
    service.peers!.certificates.refuse = () => null;
    const askedBefore = service.peers!.certificates.requests.length;
    const replayed = await succeed(administrator, REPLAY, key);
    expect(replayed.data).toEqual({ status: 'REQUESTED', reason: null });
    await untilCertificate(administrator, key, 'ISSUED');
    const asked = service.peers!.certificates.requests.slice(askedBefore);
    expect(asked.map(({ subject }) => subject)).toEqual([
      'certificate.checkCertificateExisted',
      'certificate.createCertificate',
    ]);
    expect(issuedTo(key)).toHaveLength(1);
    await expect(refusal(administrator, REPLAY, key)).resolves.toBe('CONFLICT');
  });

  it('is replayed once when two administrators do so at the same time', async () => {
    service.peers!.certificates.refuse = () => null;
    const answers = await Promise.all([
      administrator.request(REPLAY, key),
      administrator.request(REPLAY, key),
    ]);
    const codes = answers.map(({ errors }) => errors?.[0]!.extensions.code ?? 'done');
    expect(codes.sort()).toEqual(['CONFLICT', 'done']);
    await untilCertificate(administrator, key, 'ISSUED');
    expect(issuedTo(key)).toHaveLength(1);
  });
});

describe('certificates', () => {
  it('are walked by cursor, in a stable order, each once', async () => {
    const course = objectId();
    const userIds = Array.from({ length: 25 }, newUserId).sort();
    await service.database.pool.query(
      `INSERT INTO certificate (user_id, course_id, status, completed_at, issued_at)
       SELECT u, $2, 'ISSUED', now(), now() FROM unnest($1::text[]) AS u`,
      [userIds, course],
    );
    const filter = { courseId: course, status: 'ISSUED' };
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo }: any = await succeed(administrator, LIST, {
        filter,
        first: 10,
        after,
      });
      found.push(...edges.map(({ node }: any) => node.userId));
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(userIds);
  });

  it('refuse a cursor of another filter or person', async () => {
    const colleague = await service.as({ sub: newUserId(), role: 'admin' });
    const course = objectId();
    await service.database.pool.query(
      `INSERT INTO certificate (user_id, course_id, completed_at) VALUES ($1, $2, now())`,
      [newUserId(), course],
    );
    const filter = { courseId: course };
    const { edges } = await succeed(administrator, LIST, { filter });
    const after = edges[0].cursor;
    await succeed(administrator, LIST, { filter, after });
    await expect(refusal(administrator, LIST, { after })).resolves.toBe('BAD_USER_INPUT');
    await expect(refusal(colleague, LIST, { filter, after })).resolves.toBe('BAD_USER_INPUT');
  });

  it.each(['user', 'instructor', 'service'])('are not for a %s to list or replay', async (role) => {
    const person = await service.as({ sub: key.userId, role });
    await expect(refusal(person, LIST, { filter: { userId: key.userId } })).resolves.toBe(
      'FORBIDDEN',
    );
    await expect(refusal(person, REPLAY, key)).resolves.toBe('FORBIDDEN');
  });

  it('that do not exist cannot be replayed', async () => {
    await expect(refusal(administrator, REPLAY, key)).resolves.toBe('NOT_FOUND');
  });
});
