// How beats fare while a changed course's learners are evaluated and their certificates issued, behind them:
// `node test/resilience/course-change.ts [--learners 100000] [--every 10] [--rate 200] [--seconds 20]`, after a build.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { startPeers } from '../../sandbox/peers/index.ts';
import { startChild } from '../../sandbox/servers/child.ts';
import { freePort } from '../../sandbox/servers/free-port.ts';
import { ensureNatsServer } from '../../sandbox/servers/nats-binary.ts';
import { startNats } from '../../sandbox/servers/nats.ts';
import { startPostgres } from '../../sandbox/servers/postgres.ts';
import { withLessons } from '../builders/course.ts';
import { enrol, learnerId } from '../builders/enrolment.ts';
import { objectId } from '../builders/ids.ts';
import { createClient, type GraphqlClient } from '../support/graphql-client.ts';
import { signToken, TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '100000' },
    every: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
  },
});
const learners = Number(values.learners);
const missingFirstEvery = Number(values.every);
const completing = Math.floor(learners / missingFirstEvery);
const intervalMs = 1_000 / Number(values.rate);

const BEAT = `mutation ($userId: String!, $lessonId: String!) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 10) { success } }`;
const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`;
const PREVIEW = `query ($courseId: String!) { courseChangePreview(courseId: $courseId) { data {
  learners learners_completing percentages_moving } } }`;

const lessonIds = Array.from({ length: 10 }, objectId);
const course = withLessons({ ...SANDBOX.courses[0]!, _id: objectId() }, lessonIds);

/** Milliseconds from when each beat was due to its answer, so that a stall is not hidden by beats not sent. */
class Beats {
  private latencies: number[] = [];
  private failures = 0;
  private readonly client: GraphqlClient;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(client: GraphqlClient) {
    this.client = client;
    this.running = this.run();
  }

  /** What was measured since the last time. */
  report(phase: string): void {
    const sorted = this.latencies.sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1);
    const figures = `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, largest ${at(0.99999)} ms`;
    console.log(`${phase}: ${sorted.length} beats, ${this.failures} failed, ${figures}`);
    this.latencies = [];
    this.failures = 0;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const begun = performance.now();
    for (let beat = 0; !this.stopping.signal.aborted; beat += 1) {
      const due = begun + beat * intervalMs;
      if (due > performance.now()) await sleep(due - performance.now());
      void this.send(due);
    }
  }

  private async send(due: number): Promise<void> {
    const userId = learnerId(1 + Math.floor(Math.random() * learners));
    try {
      const { errors } = await this.client.request(BEAT, { userId, lessonId: lessonIds[4] });
      if (errors) this.failures += 1;
    } catch {
      this.failures += 1;
    }
    this.latencies.push(performance.now() - due);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'progress-course-change-'));
const postgres = await startPostgres({ dataDir: join(folder, 'data') });
const nats = await startNats({ binary: ensureNatsServer((message) => console.log(message)) });
const peers = await startPeers({
  natsUrl: nats.url,
  catalogue: { users: SANDBOX.users, courses: [course] },
});
const port = await freePort();
const service = startChild('the service', process.execPath, ['dist/main.js'], {
  environment: {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    PORT_USER_PROGRESS: String(port),
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    POSTGRES_USER: postgres.user,
    POSTGRES_PASSWORD: postgres.password,
    DB_NAME_USER_PROGRESS: 'postgres',
    NATS_URL: nats.url,
    JWT_SECRET: TEST_SECRET,
    RATE_LIMIT_DISABLED: 'true',
  },
});
const origin = `http://127.0.0.1:${port}`;
const pool = new pg.Pool({ ...postgres, database: 'postgres', max: 2 });
const count = async (what: string) =>
  (await pool.query<{ count: number }>(`SELECT count(*)::int FROM ${what}`)).rows[0]!.count;
const since = (begun: number) => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;

try {
  await waitFor(async () => (await fetch(`${origin}/health/ready`)).ok, {
    timeoutMs: 60_000,
    message: 'the service is ready',
  });
  console.log(`${learners} learners in a course of ${lessonIds.length} lessons …`);
  await enrol(pool, { courseId: course._id, lessonIds, learners, missingFirstEvery });

  const token = await signToken({ sub: SANDBOX.administrator.id, role: 'admin' });
  const administrator = createClient(`${origin}/userProgress/graphql`, { token });
  const beats = new Beats(administrator);
  await sleep(5_000);
  beats.report('warming up');
  await sleep(Number(values.seconds) * 1_000);
  beats.report('before');

  peers.courses.courses.set(course._id, withLessons(course, lessonIds.slice(1)));
  const asked = performance.now();
  const preview = await administrator.request(PREVIEW, { courseId: course._id });
  console.log(`preview ${since(asked)}:`, JSON.stringify(preview.data ?? preview.errors));
  beats.report('during the preview');

  const changed = performance.now();
  await administrator.request(REFRESH, { courseId: course._id });
  const evaluated = async () =>
    (await count('course_progress WHERE structure_version = 2')) === learners;
  while (!(await evaluated())) await sleep(1_000);
  beats.report(`during the evaluation (${since(changed)})`);
  while (peers.certificates.issued.length < completing) await sleep(200);
  beats.report(`until the last of ${completing} certificates was issued (${since(changed)})`);
  await sleep(Number(values.seconds) * 1_000);
  beats.report('after');
  await beats.stop();
  console.log(`issued ${peers.certificates.issued.length}, intents ${await count('certificate')}`);
} finally {
  await pool.end();
  await service.stop();
  await peers.close();
  await nats.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
