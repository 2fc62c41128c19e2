import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { untilIssued } from '../audit/certificates.ts';
import { untilConnected } from '../audit/nats.ts';
import { Client } from '../load/client.ts';
import { complete, enrol, type Platform } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise, Trial } from '../promise.ts';
import { courseId } from '../stage/platform.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Where the clocks of the two processes go, trial by trial. */
const JUMPS = [
  [DAY_MS, -HOUR_MS],
  [-HOUR_MS, DAY_MS],
  [-DAY_MS, -HOUR_MS],
  [0, HOUR_MS],
] as const;
/** So that a trial takes seconds. */
const SHORT_TIMES = {
  COURSE_REFRESH_SECONDS: '1',
  NATS_BREAKER_FAILURES: '3',
  NATS_BREAKER_RESET_MS: '1000',
  NATS_REQUEST_TIMEOUT_MS: '300',
  OUTBOX_BACKOFF_MAX_SECONDS: '2',
  OUTBOX_LEASE_SECONDS: '2',
};
const LEARNERS = 12;
const OPEN_WITHIN_MS = 20_000;
const HEALS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

export const clocksJump: ReliabilityPromise = {
  id: 'G22',
  title: 'nobody waits for a clock',
  fault:
    'the clocks of two processes jump, a day ahead, an hour back, with open circuit breakers and held leases, and NATS is cut',
  times: 20,
  shortTimes: 1,
  async attempt(trial) {
    const { times, random, tally, onStage } = trial;
    await onStage({}, async (stage) => {
      await withClocks(stage, async () => {
        const client = await Client.create();
        const platform = { client, random, ledger: new Ledger(), services: stage.services };
        for (; tally.times < times; tally.times += 1) await jump(stage, platform, trial);
        await audit(stage, platform.ledger, tally);
        client.close();
      });
    });
  },
};

async function jump(stage: Stage, platform: Platform, { tally }: Trial): Promise<void> {
  const learners = numbered(`G22-${tally.times}`, LEARNERS);
  await inParallel(learners, 4, (userId) => enrol(platform, userId, 1));
  stage.peerLink.set('blackhole');
  const asking = numbered(`G22-NEW-${tally.times}`, LEARNERS);
  const enrolled = inParallel(asking, LEARNERS, (userId) => enrol(platform, userId, 1));
  await inParallel(learners, 4, (userId) => complete(platform, userId, 1));
  if (!(await until(OPEN_WITHIN_MS, () => breakersAreOpen(stage)))) {
    tally.violate('the circuit breakers were not open', `trial ${tally.times}`);
  }

  const ahead = JUMPS[tally.times % JUMPS.length]!;
  await Promise.all(stage.services.map((service, index) => service.setClock(ahead[index % 2]!)));
  await stage.postgres.query(`UPDATE course SET fetched_at = fetched_at - interval '1 day'`);
  stage.peerLink.set('pass');
  stage.natsLink.cut();
  const begun = performance.now();
  const connectedMs = await untilConnected(stage, true);
  await checkPeers(stage, platform, tally);
  if ((await untilIssued(stage, HEALS_WITHIN_MS)) === null) {
    tally.violate('certificates not issued while clocks are wrong', ahead.join(', '));
  }
  await checkCourses(stage, platform, tally);
  tally.recovered(Math.max(connectedMs, performance.now() - begun), HEALS_WITHIN_MS);
  await enrolled;
}

/** Each process asks other services again: a new learner can begin. */
async function checkPeers(stage: Stage, platform: Platform, tally: Tally): Promise<void> {
  await Promise.all(
    stage.services.map(async (service, index) => {
      const learner = `G22-AFTER-${tally.times}-${index}`;
      const enrolled = enrol({ ...platform, services: [service] }, learner, 1);
      const isInTime = await Promise.race([
        enrolled.then(() => true),
        sleep(HEALS_WITHIN_MS, false),
      ]);
      if (!isInTime)
        tally.violate('a process does not ask others while its clock is wrong', learner);
    }),
  );
}

/** Courses that are old are asked for again by each process, and dated by the database's clock. */
async function checkCourses(stage: Stage, { client }: Platform, tally: Tally): Promise<void> {
  for (const service of stage.services) {
    const isRefreshed = await until(HEALS_WITHIN_MS, async () => {
      await client.send(service.link.port, PROGRESS, { userId: 'G22', courseId: courseId(1) });
      const [course] = await stage.postgres.query<{ recent: boolean; future: boolean }>(
        `SELECT fetched_at > now() - interval '1 hour' AS recent, fetched_at > now() AS future
         FROM course WHERE course_id = '${courseId(1)}'`,
      );
      if (course!.future) tally.violate('a time in the future is stored', courseId(1));
      return course!.recent;
    });
    if (!isRefreshed) tally.violate('an old course is not asked for', courseId(1));
    await stage.postgres.query(`UPDATE course SET fetched_at = fetched_at - interval '1 day'`);
  }
}

const PROGRESS = `query ($userId: String!, $courseId: String!) {
  getCourseProgress(userId: $userId, courseId: $courseId) { data { total_lessons } } }`;

/** Whether every process has given up users, and at least one certificates. */
async function breakersAreOpen(stage: Stage): Promise<boolean> {
  const pages = await Promise.all(stage.services.map((service) => service.get('/metrics')));
  const isOpen = (peer: string) =>
    pages.map((page) => page?.text.includes(`\nprogress_peer_breaker_state{peer="${peer}"} 2`));
  return isOpen('users').every(Boolean) && isOpen('certificates').some(Boolean);
}

async function until(withinMs: number, condition: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

/** Runs the services with clocks that can be set, and short times, and afterwards as they were. */
async function withClocks(stage: Stage, work: () => Promise<void>): Promise<void> {
  const sabotage = { ...stage.sabotage, clocks: stage.folder };
  await Promise.all(
    stage.services.map(async (service) => {
      await service.kill();
      await service.start(sabotage, SHORT_TIMES);
    }),
  );
  try {
    await work();
  } finally {
    await stage.restart(stage.sabotage);
  }
}
