import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { withLessons } from '../builders/course.ts';
import { objectId, userId } from '../builders/ids.ts';
import { NEST_VERSIONS, type NestVersion } from '../platform/install.ts';
import type { Rows } from '../platform/src/contract.ts';
import { createClient, type GraphqlClient } from '../support/graphql-client.ts';
import { courseProgress, refusal, study, succeed, untilCertificate } from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { walkSpecification } from '../support/specification-walk.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const STATS = `query ($userId: String!) { getUserProgressStats(userId: $userId) { success } }`;
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;
const WATCH = `mutation ($input: RecordWatchInput!) {
  recordWatch(input: $input) { beats { result } } }`;
const KEPT = `query ($userId: String!) { exportUserData(userId: $userId) { data {
  records { id } courses { courseId } certificates { courseId } sessions { sessionId } } } }`;

interface Form {
  name: string;
  mended: Rows;
  /** Whether a certificate can be issued. */
  issues?: true;
  /** What is answered about a course and about a user that there are not: NOT_FOUND, unless the platform hides it. */
  noCourse?: 'SERVICE_UNAVAILABLE';
  noUser?: 'SERVICE_UNAVAILABLE';
}

const HIDDEN = 'SERVICE_UNAVAILABLE';
const PUBLISHED: Form = { name: 'all as published', mended: [], noUser: HIDDEN };
const MENDED: Form = { name: 'all mended', mended: 'all', issues: true };
const FORMS: Record<NestVersion, Form[]> = {
  10: [
    PUBLISHED,
    { ...PUBLISHED, name: 'row 1 mended', mended: [1] },
    { ...PUBLISHED, name: 'row 2 mended', mended: [2] },
    { ...PUBLISHED, name: 'row 3 mended', mended: [3], issues: true, noCourse: HIDDEN },
    { name: 'row 4 mended', mended: [4] },
    { ...PUBLISHED, name: 'row 5 mended', mended: [5], issues: true },
    { ...PUBLISHED, name: 'row 11 mended', mended: [11] },
    MENDED,
  ],
  11: [PUBLISHED, MENDED],
  12: [MENDED],
};

// One service and one platform for all forms: the service is told of none, and started again for none.
describe.each(NEST_VERSIONS)('on the platform of NestJS %i', (nest) => {
  let app: PlatformApp;

  beforeAll(async () => {
    app = await startPlatformApp({
      nest,
      environment: {
        COURSE_EVALUATION_POLL_MS: '50',
        COURSE_REFRESH_SECONDS: '1',
        COURSE_SHRINK_CONFIRM_SECONDS: '0',
        ERASURE_SETTLE_SECONDS: '1',
        OUTBOX_POLL_MS: '50',
        OUTBOX_BACKOFF_MAX_SECONDS: '1',
      },
    });
  });
  afterAll(() => app.close());

  /** The platform in this form, with a course, learners and others whom nobody knows yet. */
  async function enter({ mended }: Form, lessons = 2) {
    const world = platform({ lessons, learners: 2 });
    await app.become(mended, world.catalogue);
    const [me, another] = world.learnerIds as [string, string];
    return {
      ...world,
      me,
      another,
      key: { userId: me, courseId: world.course._id },
      learner: await app.as(me),
      administrator: await app.as(world.administratorId),
    };
  }

  /** What comes of asking for somebody's totals: an error's code, or OK. */
  async function outcome(client: GraphqlClient, whose: string): Promise<string> {
    const { errors } = await client.request(STATS, { userId: whose });
    return errors?.[0]?.extensions.code ?? 'OK';
  }
  const until = (client: GraphqlClient, whose: string, expected: string) =>
    waitFor(async () => (await outcome(client, whose)) === expected, { message: expected });
  const lookUps = async (id: string): Promise<number> =>
    (await app.platform.requests()).filter(
      ({ subject, data }) => subject === 'user.get.by.id' && (data as { id: string }).id === id,
    ).length;

  describe.each(FORMS[nest])('$name', (form) => {
    it('a learner runs the eleven operations, seen by who may, and sees nobody else’s', async () => {
      const { me, another, course, learner, administrator, instructorId, key } = await enter(form);
      await walkSpecification(learner, me, course);
      await expect(outcome(learner, another)).resolves.toBe('FORBIDDEN');
      await expect(outcome(administrator, me)).resolves.toBe('OK');
      const instructor = await app.as(instructorId);
      await expect(outcome(instructor, me)).resolves.toBe('FORBIDDEN');
      await expect(courseProgress(instructor, key)).resolves.toMatchObject({
        completed_lessons: 2,
      });
      if (!form.issues) return;
      await untilCertificate(learner, key, 'ISSUED');
      const issued = (await app.platform.certificates()).filter(({ userId }) => userId === me);
      expect(issued).toMatchObject([key]);
    });

    it('who is deleted is erased, and can write no more', async () => {
      const { me, key, lessonIds, learner, administrator } = await enter(form);
      await study(learner, key, lessonIds);
      await app.platform.deleteUser(me);
      await waitFor(
        async () => {
          const { data } = await succeed(administrator, KEPT, { userId: me });
          return Object.values(data as Record<string, unknown[]>).every(({ length }) => !length);
        },
        { message: 'nothing is kept' },
      );
      const again = { input: { ...key, lessonId: lessonIds[0] } };
      const roleIsInToken = form.mended === 'all' || form.mended.includes(1);
      await expect(refusal(learner, CREATE, again)).resolves.toBe(
        roleIsInToken ? 'NOT_FOUND' : 'UNAUTHENTICATED',
      );
      await expect(refusal(administrator, CREATE, again)).resolves.toBe('NOT_FOUND');
    });

    it('what does not exist is not found, or unavailable where the platform hides that', async () => {
      const { key, lessonIds, learner, administrator } = await enter(form);
      const creating = (asker: GraphqlClient, changes: object) =>
        refusal(asker, CREATE, { input: { ...key, lessonId: lessonIds[0], ...changes } });
      const noCourse = await creating(learner, { courseId: objectId() });
      expect(noCourse).toBe(form.noCourse ?? 'NOT_FOUND');
      await expect(creating(learner, { lessonId: objectId() })).resolves.toBe('NOT_FOUND');
      const nobody = userId();
      const noUser = await creating(administrator, { userId: nobody });
      expect(noUser).toBe(form.noUser ?? 'NOT_FOUND');
      const stranger = createClient(app.service.graphqlUrl, {
        token: await signToken({ sub: nobody }),
      });
      await expect(outcome(stranger, nobody)).resolves.toBe(form.noUser ?? 'UNAUTHENTICATED');
    });
  });

  describe('a token without a role', () => {
    it('costs a player one look-up, however many beats it sends', async () => {
      const { me, key, lessonIds, learner } = await enter(PUBLISHED);
      const beginning = Date.now() - 600_000;
      const beat = (seq: number) => ({
        ...{ seq, from: seq * 5, to: seq * 5 + 5, rate: 1 },
        at: new Date(beginning + (seq + 1) * 5_000).toISOString(),
      });
      const input = { ...key, lessonId: lessonIds[0], sessionId: 'player' };
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, seq) =>
          succeed(learner, WATCH, { input: { ...input, beats: [beat(seq)] } }),
        ),
      );
      expect(answers.map(({ beats }) => beats[0].result)).toEqual(Array(100).fill('COUNTED'));
      await expect(lookUps(me)).resolves.toBe(1);
    });

    it('is worth the role that the user service says, from the event on', async () => {
      const { me, another, learner } = await enter(PUBLISHED);
      await expect(outcome(learner, another)).resolves.toBe('FORBIDDEN');
      await app.platform.changeRole(me, 'admin');
      await until(learner, another, 'OK');
      await app.platform.changeRole(me, 'user');
      await until(learner, another, 'FORBIDDEN');

      const before = await lookUps(me);
      await app.platform.updateUser(me, { firstName: 'Other' });
      await waitFor(
        async () => (await outcome(learner, me)) === 'OK' && (await lookUps(me)) > before,
        { message: 'the user is asked for again' },
      );
      await app.platform.deleteUser(me);
      await until(learner, me, 'UNAUTHENTICATED');
    });

    it('is refused where it never ends', async () => {
      const { me } = await enter(PUBLISHED);
      const token = await app.platform.tokenFor(me, { expiresInSeconds: null });
      const client = createClient(app.service.graphqlUrl, { token });
      await expect(outcome(client, me)).resolves.toBe('UNAUTHENTICATED');
    });
  });

  it('a token with a role keeps it until another is signed', async () => {
    const { me, another, learner } = await enter(MENDED);
    await app.platform.changeRole(me, 'admin');
    await until(await app.as(me), another, 'OK');
    await expect(outcome(learner, another)).resolves.toBe('FORBIDDEN');
  });

  describe('a lesson that is taken out of a course', () => {
    const stored = async (courseId: string): Promise<number> => {
      const { rows } = await app.service.database.pool.query<{ lessons_total: number }>(
        'SELECT lessons_total FROM course WHERE course_id = $1',
        [courseId],
      );
      return rows[0]!.lessons_total;
    };
    /** A learner has completed all lessons but the last, which is then taken out. */
    async function removeLast(form: Form) {
      const entered = await enter(form, 3);
      const { course, key, learner, lessonIds } = entered;
      const left = lessonIds.slice(0, 2);
      await study(learner, key, left);
      await app.platform.editCourse(course._id, { sections: withLessons(course, left).sections! });
      return entered;
    }
    const untilComplete = ({ learner, key }: Awaited<ReturnType<typeof removeLast>>) =>
      waitFor(async () => (await courseProgress(learner, key)).completed_at !== null, {
        message: 'the course is completed',
      });

    it('completes the course when somebody reads it, though nobody is told', async () => {
      await untilComplete(await removeLast(PUBLISHED));
    });

    it('completes the course that nobody reads when its turn comes', async () => {
      const { course, ...others } = await removeLast(PUBLISHED);
      await app.service.database.pool.query(
        `UPDATE course SET fetched_at = now() - interval '2 days' WHERE course_id = $1`,
        [course._id],
      );
      await waitFor(async () => (await stored(course._id)) === 2, { message: 'it is asked for' });
      await untilComplete({ course, ...others });
    });

    it('mended, completes the course as soon as that is told', async () => {
      const entered = await removeLast(MENDED);
      await waitFor(async () => (await stored(entered.course._id)) === 2, {
        message: 'it is told',
      });
      await untilComplete(entered);
    });
  });
});
