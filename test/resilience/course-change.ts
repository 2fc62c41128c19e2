// Measures beats while a changed course's learners are evaluated and a tenth of them get their certificate. Quiet and
// changing rounds alternate, so that other load on the machine affects both. After a build: `node
// test/resilience/course-change.ts [--learners 100000] [--rate 200] [--seconds 20] [--rounds 3]`
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
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const learners = Number(values.learners);
const rounds = Math.min(Number(values.rounds), 9);
const intervalMs = 1_000 / Number(values.rate);

const BEAT = `mutation ($userId: String!, $lessonId: String!) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 10) { success } }`;
const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`;
const PREVIEW = `query ($courseId: String!) { courseChangePreview(courseId: $courseId) { data {
  learners learners_completing percentages_moving } } }`;

const lessonIds = Array.from({ length: 10 }, objectId);
const course = withLessons({ ...SANDBOX.courses[0]!, _id: objectId() }, lessonIds);

/**
 * Milliseconds from the time at which each beat was due to its answer, so that a stall also shows in beats that wait to
 * be sent.
 */
class Beats {
  private latencies: number[] = [];
  private readonly client: GraphqlClient;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(client: GraphqlClient) {
    this.client = client;
    this.running = this.run();
  }

  /** The measurements since the last call. */
  take(): number[] {
    return this.latencies.splice(0);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const begun = performance.now();
    for (let beat = 0; !this.stopping.signal.aborted; beat += 1) {
      const due = begun + beat * intervalMs;
      await sleep(Math.max(0, due - performance.now()));
      void this.send(due);
    }
  }

  /** A beat that fails counts as never answered. */
  private async send(due: number): Promise<void> {
    const userId = learnerId(1 + Math.floor(Math.random() * learners));
    // The last lesson is never removed, and learners who miss it have no record of it.
    const lessonId = lessonIds[lessonIds.length - 1 - Number(userId.endsWith('9'))];
    const answer = await this.client.request(BEAT, { userId, lessonId }).catch(() => null);
    const answered = answer !== null && !answer.errors;
    this.latencies.push(answered ? performance.now() - due : Infinity);
  }
}

function report(phase: string, latencies: number[]): void {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    `${(sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1)} ms`;
  const failed = sorted.filter((latency) => latency === Infinity).length;
  console.log(
    `${phase}: ${sorted.length} beats, ${failed} failed, p50 ${at(0.5)}, p99 ${at(0.99)}`,
  );
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
    COURSE_SHRINK_CONFIRM_SECONDS: '0',
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
  await enrol(pool, { courseId: course._id, lessonIds, learners });

  const token = await signToken({ sub: SANDBOX.administrator.id, role: 'admin' });
  const administrator = createClient(`${origin}/userProgress/graphql`, { token });
  const beats = new Beats(administrator);
  await sleep(5_000);
  beats.take();

  const [quiet, changing]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(Number(values.seconds) * 1_000);
    quiet.push(...beats.take());

    peers.courses.courses.set(course._id, withLessons(course, lessonIds.slice(round)));
    const asked = performance.now();
    const { data, errors } = await administrator.request(PREVIEW, { courseId: course._id });
    console.log(`round ${round}: preview in ${since(asked)}`, JSON.stringify(data ?? errors));
    beats.take();

    const changed = performance.now();
    await administrator.request(REFRESH, { courseId: course._id });
    const stale = `course_progress WHERE structure_version <> ${round + 1}`;
    while ((await count(stale)) > 0) await sleep(1_000);
    console.log(`round ${round}: evaluated in ${since(changed)}`);
    while ((await count('outbox')) > 0) await sleep(200);
    console.log(`round ${round}: certificates and events out in ${since(changed)}`);
    changing.push(...beats.take());
  }
  await beats.stop();
  report('quiet', quiet);
  report('changing', changing);
  const { length } = peers.certificates.issued;
  console.log(`${length} certificates issued, ${await count('certificate')} intents`);
} finally {
  await pool.end();
  await service.stop();
  await peers.close();
  await nats.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
