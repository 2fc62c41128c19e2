import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platform as createWorld } from '../builders/catalogue.ts';
import { objectId, userId } from '../builders/ids.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';
import { NEST_VERSIONS } from './install.ts';
import { openWire, REQUEST_ID, type RawWire } from './raw-wire.ts';
import { ROWS, type Row } from './src/contract.ts';
import { startPlatform, type Platform } from './start-platform.ts';

const END = `,"isDisposed":true,"id":"${REQUEST_ID}"}`;
const GENERIC = `{"err":{"status":"error","message":"Internal server error"}${END}`;
const refused = (statusCode: number, message: string) =>
  `{"err":${JSON.stringify({ statusCode, message })}${END}`;
const answered = (response: unknown) => `{"response":${JSON.stringify(response)}${END}`;

const GET_USER = 'user.get.by.id';
const GET_COURSE = 'course.get.by.id';
const FIND_COURSE = 'course.findUsersWithIds';
const GET_LESSON = 'course.get.by.lesson.id';
const CREATE = 'certificate.createCertificate';
const CHECK = 'certificate.checkCertificateExisted';

const world = createWorld({ lessons: 2, learners: 1 });
const { course } = world;
const section = course.sections![0]!;

describe.each(NEST_VERSIONS)('the platform on NestJS %i', (nest) => {
  let nats: NatsServer;
  let platform: Platform;
  let wire: RawWire;
  /** A learner that no other test has, without a certificate. */
  let learner: (typeof world.catalogue.users)[number];

  beforeAll(async () => {
    nats = await startNatsServer();
    wire = await openWire(nats.url);
    platform = await startPlatform({ natsUrl: nats.url, nest, catalogue: world.catalogue });
  });
  beforeEach(async () => {
    const id = userId();
    learner = { ...world.catalogue.users.at(-1)!, id, email: `${id}@test.example` };
    await platform.addUser(learner);
    await platform.unmend('all');
  });
  afterAll(async () => {
    await platform.close();
    await wire.close();
    await nats.stop();
  });

  const create = () =>
    wire.ask(CREATE, { createCertificateInput: { userId: learner.id, courseId: course._id } });
  const check = (courseId = course._id) => wire.ask(CHECK, { studentId: learner.id, courseId });
  const issued = async () =>
    (await platform.certificates()).filter((certificate) => certificate.userId === learner.id);
  const claimsOf = async (token: string) =>
    (await jwtVerify(token, new TextEncoder().encode(TEST_SECRET))).payload;

  describe('row 1, tokens and users', () => {
    it('signs tokens without a role; a mended one has it', async () => {
      const { id: sub, email } = learner;
      const token = await platform.tokenFor(sub);
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
      const times = { iat: expect.any(Number), exp: expect.any(Number) };
      await expect(claimsOf(token)).resolves.toEqual({ email, sub, ...times });
      await platform.mend([1]);
      await expect(claimsOf(await platform.tokenFor(sub))).resolves.toEqual({
        ...{ email, sub, role: 'user' },
        ...times,
      });
    });

    it('signs tokens that never expire where JWT_EXPIRE is not set', async () => {
      const token = await platform.tokenFor(learner.id, { expiresInSeconds: null });
      expect(Object.keys(await claimsOf(token))).toEqual(['email', 'sub', 'iat']);
    });

    it('tells a user with the role, and tells everybody that it was asked', async () => {
      const reply = await wire.ask(GET_USER, { id: learner.id });
      expect(reply).toBe(answered({ success: true, message: 'User found', data: learner }));
      const queried = await waitFor(
        () => wire.heard('user.queried').find(({ data }) => data.userId === learner.id),
        { message: 'the look-up is told' },
      );
      expect(queried).toEqual({
        pattern: 'user.queried',
        data: { userId: learner.id, email: learner.email },
      });
    });
  });

  describe('row 2, whether a certificate exists', () => {
    it('says yes to everything, and no only while its database is away', async () => {
      await expect(check(objectId())).resolves.toBe(answered({ exists: true }));
      await platform.certificateDatabase('down');
      await expect(check(objectId())).resolves.toBe(answered({ exists: false }));
      await platform.certificateDatabase('up');
    });

    it('mended, says what is so, and nothing while its database is away', async () => {
      await platform.mend([2, 5]);
      await expect(check()).resolves.toBe(answered({ exists: false }));
      await create();
      await expect(check()).resolves.toBe(answered({ exists: true }));
      await platform.certificateDatabase('down');
      await expect(check()).resolves.toBe(GENERIC);
      await platform.certificateDatabase('up');
    });
  });

  describe('row 3, courses', () => {
    it('answers a list of ids with a bare array, and one id under another subject', async () => {
      const { _id: id } = course;
      await expect(wire.ask(GET_COURSE, { id })).resolves.toBe(GENERIC);
      await expect(wire.ask(GET_COURSE, { ids: [id] })).resolves.toBe(answered([course]));
      await expect(wire.ask(GET_COURSE, { ids: [objectId()] })).resolves.toBe(answered([]));
      await expect(wire.ask(FIND_COURSE, { id })).resolves.toBe(answered({ data: course }));
    });

    it('mended, answers each under the subject that says so', async () => {
      await platform.mend([3]);
      const { _id: id } = course;
      const found = answered({ success: true, message: 'Course found', data: course });
      await expect(wire.ask(GET_COURSE, { id })).resolves.toBe(found);
      await expect(wire.ask(GET_COURSE, { id, ids: [id] })).resolves.toBe(found);
      await expect(wire.ask(FIND_COURSE, { id })).resolves.toBe(GENERIC);
      await expect(wire.ask(FIND_COURSE, { ids: [id] })).resolves.toBe(answered([course]));
    });

    it('tells a lesson of a section', async () => {
      const lesson = section.lessons[1]!;
      const reply = await wire.ask(GET_LESSON, {
        findLessonInput: { courseId: course._id, sectionId: section._id, id: lesson._id },
      });
      expect(reply).toBe(answered({ success: true, message: 'Lesson found', data: lesson }));
    });
  });

  describe('row 4, errors', () => {
    const missing = { courseId: course._id, sectionId: section._id, id: objectId() };
    const NOT_THERE = [
      [GET_USER, { id: userId() }, 'User not found'],
      [FIND_COURSE, { id: objectId() }, 'Course not found'],
      [GET_LESSON, { findLessonInput: missing }, 'Lesson not found'],
    ] as const;

    it.each(NOT_THERE)('hides that there is nothing: %s', async (subject, data) => {
      await expect(wire.ask(subject, data)).resolves.toBe(GENERIC);
    });

    it.each(NOT_THERE)('mended, says that there is nothing: %s', async (subject, data, message) => {
      await platform.mend([4]);
      await expect(wire.ask(subject, data)).resolves.toBe(refused(404, message));
    });

    it('mended, says nothing of a failure that nobody foresaw', async () => {
      await platform.mend([4]);
      await expect(wire.ask(GET_COURSE, { id: course._id })).resolves.toBe(GENERIC);
    });

    it('mended, passes on what another service refused', async () => {
      await platform.mend([3, 4]);
      await platform.deleteUser(learner.id);
      await expect(create()).resolves.toBe(refused(404, 'User not found'));
    });
  });

  describe('row 5, issuing certificates', () => {
    it('fails, because the course service does', async () => {
      await expect(create()).resolves.toBe(GENERIC);
      await expect(issued()).resolves.toEqual([]);
      const asked = (await platform.requests()).slice(-3);
      expect(asked).toEqual([
        {
          subject: CREATE,
          data: { createCertificateInput: { userId: learner.id, courseId: course._id } },
        },
        { subject: GET_USER, data: { id: learner.id } },
        { subject: GET_COURSE, data: { id: course._id } },
      ]);
    });

    it('works once the course service is mended, and fails the same way for a second one', async () => {
      await platform.mend([3]);
      const first = await create();
      const [certificate] = await issued();
      expect(first).toBe(answered({ data: certificate, message: 'Certificate created' }));
      await expect(create()).resolves.toBe(GENERIC);
      await expect(issued()).resolves.toHaveLength(1);
    });

    it('says that it exists already where errors are told', async () => {
      await platform.mend([3, 4]);
      await create();
      await expect(create()).resolves.toBe(refused(409, 'Certificate already exists'));
    });

    it('mended alone, works and says what exists already', async () => {
      await platform.mend([5]);
      const first = await create();
      const [data] = await issued();
      expect(first).toBe(answered({ success: true, data, message: 'Certificate created' }));
      await expect(create()).resolves.toBe(refused(409, 'Certificate already exists'));
    });

    it('issues one of many that are asked for at once', async () => {
      await platform.mend([3]);
      const replies = await Promise.all(Array.from({ length: 10 }, create));
      expect(replies.filter((reply) => reply === GENERIC)).toHaveLength(9);
      await expect(issued()).resolves.toHaveLength(1);
    });
  });

  describe('row 11, events', () => {
    it('tells who was changed or deleted', async () => {
      await platform.updateUser(learner.id, { firstName: 'Other' });
      await platform.changeRole(learner.id, 'instructor');
      const { response } = JSON.parse(await wire.ask(GET_USER, { id: learner.id }));
      expect(response.data).toEqual({ ...learner, firstName: 'Other', role: 'instructor' });
      await platform.deleteUser(learner.id);
      await expect(wire.ask(GET_USER, { id: learner.id })).resolves.toBe(GENERIC);
      for (const subject of ['user.updated', 'user.role_changed', 'user.deleted']) {
        await waitFor(() => wire.heard(subject).some(({ data }) => data.userId === learner.id), {
          message: `${subject} is told`,
        });
      }
    });
  });

  /** Which rows show themselves mended. The course service's events come last: one that is sure to come ends the wait. */
  async function mendedRows(): Promise<Row[]> {
    const probe = { ...course, _id: objectId() };
    await platform.addCourse(probe);
    const shows: Record<Row, boolean> = {
      1: 'role' in (await claimsOf(await platform.tokenFor(learner.id))),
      2: (await check(objectId())) === answered({ exists: false }),
      3: (await wire.ask(GET_COURSE, { id: course._id })).startsWith('{"response":{"success":true'),
      4: (await wire.ask(GET_USER, { id: userId() })).includes('404'),
      5: (await create()).startsWith('{"response":{"success":true'),
      11: false,
    };
    await platform.editCourse(probe._id, { title: 'Another title' });
    await platform.mend([11]);
    const last = { ...course, _id: objectId() };
    await platform.addCourse(last);
    await platform.editCourse(last._id, { title: 'Another title' });
    const told = () => wire.heard('course.update').map(({ data }) => data.courseId);
    await waitFor(() => told().includes(last._id), { message: 'an edit is told' });
    shows[11] = told().includes(probe._id);
    return ROWS.filter((row) => shows[row]);
  }

  it('is as published, unless told otherwise', async () => {
    await expect(mendedRows()).resolves.toEqual([]);
  });

  it.each(ROWS)('mends row %i alone', async (row) => {
    await platform.mend([row]);
    await expect(mendedRows()).resolves.toEqual([row]);
  });

  it('is mended as a whole', async () => {
    await platform.mend('all');
    await expect(mendedRows()).resolves.toEqual([...ROWS]);
  });

  it('refuses to mend a row that has no switch', async () => {
    await expect(platform.mend([12 as Row])).rejects.toThrow('No switch for row 12');
  });
});
