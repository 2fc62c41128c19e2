import { afterEach, beforeEach, expect, it } from 'vitest';
import { registry } from '../../src/common/metrics/registry.js';
import { CourseEvaluationProxy } from '../../src/modules/course-changes/proxy/course-evaluation.proxy.js';
import { EvaluateLearnersFacade } from '../../src/modules/course-changes/facade/evaluate-learners.facade.js';
import { enrol } from '../builders/enrolment.ts';
import { objectId } from '../builders/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor, withPatience } from '../support/wait-for.ts';

const LESSONS = 10;
let database: TestDatabase;
let courseId: string;
let lessonIds: string[];
let apps: TestApp[];

beforeEach(async () => {
  database = await createTestDatabase();
  courseId = objectId();
  lessonIds = Array.from({ length: LESSONS }, objectId);
  apps = [];
});
afterEach(async () => {
  for (const app of apps) await app.close();
  await database.drop();
});

async function start(environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({
    database,
    environment: { OUTBOX_POLL_MS: '50', ...environment },
  });
  apps.push(app);
  return app;
}

/** A tenth of the learners misses the first lesson only, another tenth the second, and so on. */
const enrolAll = (learners: number) => enrol(database.pool, { courseId, lessonIds, learners });

/** As another process of the service would store it: nobody here is told. */
async function removeLesson(lessonId: string): Promise<void> {
  await database.pool.query(`DELETE FROM course_lesson WHERE lesson_id = $1`, [lessonId]);
  await database.pool.query(
    `UPDATE course SET structure_version = structure_version + 1, lessons_total = lessons_total - 1,
       structure_changed_at = now()
     WHERE course_id = $1`,
    [courseId],
  );
}

/** How often processes of this test looked for courses to evaluate, and those of tests before. */
async function looks(): Promise<number> {
  const metric = await registry.getSingleMetric('progress_job_runs_total')?.get();
  const ofEvaluation = metric?.values.filter(({ labels }) => labels['job'] === 'course-evaluation');
  return ofEvaluation?.reduce((sum, { value }) => sum + value, 0) ?? 0;
}

async function count(what: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int FROM ${what}`,
  );
  return rows[0]!.count;
}
const untilCertificates = (number: number, timeoutMs = 15_000) =>
  waitFor(async () => (await count('certificate')) === number, {
    timeoutMs,
    message: `${number} certificates`,
  });

it(
  'completes those concerned of 20,000 learners in seconds, one certificate each',
  async () => {
    await enrolAll(20_000);
    const app = await start({ COURSE_EVALUATION_POLL_MS: '50' });
    await removeLesson(lessonIds[0]!);
    await untilCertificates(2_000, 60_000);
    await waitFor(
      async () => (await count('course_progress WHERE structure_version = 2')) === 20_000,
      {
        timeoutMs: 15_000,
        message: 'every learner is evaluated',
      },
    );
    await expect(count('certificate')).resolves.toBe(2_000);
    await expect(
      count(
        `certificate c JOIN course_progress p USING (user_id, course_id) WHERE c.completed_at = p.completed_at`,
      ),
    ).resolves.toBe(2_000);

    const issued = await waitFor(
      () => app.peers!.certificates.issued.length >= 2_000 && app.peers!.certificates.issued,
      { timeoutMs: 30_000, message: 'every certificate is issued' },
    );
    expect(new Set(issued.map(({ userId }) => userId)).size).toBe(issued.length);
    expect(issued).toHaveLength(2_000);
    await expect(rollupDifferences(app.app)).resolves.toEqual([]);
  },
  withPatience(120_000),
);

it(
  'goes on where a process died in the middle of it',
  async () => {
    await enrolAll(2_000);
    // Looks for work at its start only, and is never told: what it does here is done by hand, up to its death.
    const looksBefore = await looks();
    const dying = await start({ COURSE_EVALUATION_POLL_MS: '600000' });
    await waitFor(async () => (await looks()) > looksBefore, { message: 'it has looked' });
    await removeLesson(lessonIds[0]!);
    const facade = dying.app.get(EvaluateLearnersFacade, { strict: false });
    let evaluation = (await dying.app.get(CourseEvaluationProxy, { strict: false }).claim(1))!;
    for (let batch = 0; batch < 3; batch += 1) {
      evaluation = (await facade.evaluate(evaluation, 200)).next!;
    }
    await expect(count('certificate')).resolves.toBe(60);
    await database.pool.query(
      `UPDATE course_evaluation SET lease_ends_at = now() + interval '1 second'`,
    );

    const { rows } = await database.pool.query(
      `SELECT xmin::text FROM course_progress WHERE structure_version = 2 ORDER BY user_id`,
    );
    await start({ COURSE_EVALUATION_POLL_MS: '50', COURSE_EVALUATION_BATCH: '100' });
    await untilCertificates(200);
    const after = await database.pool.query(
      `SELECT xmin::text FROM course_progress ORDER BY user_id LIMIT 600`,
    );
    expect(after.rows).toEqual(rows);
    expect(rows).toHaveLength(600);
  },
  withPatience(60_000),
);

it(
  'begins again when the structure changes once more meanwhile',
  async () => {
    await enrolAll(2_000);
    await start({ COURSE_EVALUATION_POLL_MS: '50', COURSE_EVALUATION_BATCH: '50' });
    await removeLesson(lessonIds[0]!);
    await waitFor(async () => (await count('certificate')) > 20, { message: 'it is under way' });
    await removeLesson(lessonIds.at(-1)!);
    await untilCertificates(400);
    await waitFor(
      async () => (await count('course_progress WHERE structure_version = 3')) === 2_000,
      {
        message: 'every learner is evaluated by the newest structure',
      },
    );
  },
  withPatience(60_000),
);

it(
  'finds a learner who was added behind its back by a transaction that had not seen the change',
  async () => {
    await enrolAll(10);
    await start({ COURSE_EVALUATION_POLL_MS: '50', DB_STATEMENT_TIMEOUT_MS: '500' });
    const late = await database.pool.connect();
    try {
      await late.query('BEGIN');
      await late.query(
        `INSERT INTO user_progress (user_id, lesson_id, course_id, completed, completed_at)
       SELECT 'late', unnest($2::text[]), $1, true, now()`,
        [courseId, lessonIds.slice(1)],
      );
      await late.query(
        `INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total, structure_version)
       VALUES ('late', $1, 9, 9, 9, 10, 1)`,
        [courseId],
      );
      await removeLesson(lessonIds[0]!);
      await untilCertificates(1);
      await late.query('COMMIT');
    } finally {
      late.release();
    }
    await untilCertificates(2);
    await waitFor(async () => (await count('course_evaluation')) === 0, {
      message: 'the evaluation is over',
    });
  },
  withPatience(60_000),
);

it(
  'is shared by two processes without a learner being completed twice',
  async () => {
    await enrolAll(3_000);
    const environment = { COURSE_EVALUATION_POLL_MS: '20', COURSE_EVALUATION_BATCH: '50' };
    const [first, second] = [await start(environment), await start(environment)];
    await removeLesson(lessonIds[0]!);
    await untilCertificates(300);
    const issued = () => [first, second].flatMap((app) => [...app.peers!.certificates.issued]);
    await waitFor(() => issued().length >= 300, { message: 'every certificate is issued' });
    expect(new Set(issued().map(({ userId }) => userId)).size).toBe(issued().length);
    await waitFor(async () => (await count(`outbox WHERE topic = 'certificate.requested'`)) === 0, {
      message: 'no request is left',
    });
    expect(issued()).toHaveLength(300);
  },
  withPatience(60_000),
);
