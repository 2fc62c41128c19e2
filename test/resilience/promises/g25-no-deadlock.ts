import { setTimeout as sleep } from 'node:timers/promises';
import { auditRollups } from '../audit/rollups.ts';
import { AnyChange } from '../load/any-change.ts';
import { Client } from '../load/client.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { courseId } from '../stage/platform.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

const MIXED_S = 300;
const MIXED_SHORT_S = 10;
const LEARNERS = 100;
const REQUESTS_AT_ONCE = 200;
const EVALUATE_EVERY_MS = 1_000;
/** An erasure takes two sweeps, so far apart: the second finds what transactions that began before it wrote. */
const ERASURE_SETTLE_SECONDS = '5';
const LOOK_EVERY_MS = 100;
/** Below DB_LOCK_TIMEOUT_MS, which would otherwise end each deadlock before PostgreSQL looks for one. */
const DEADLOCK_TIMEOUT = '20ms';
/** What changes of the same record make of each other: it is there already, or is deleted. */
const EXPECTED = ['CONFLICT', 'NOT_FOUND'];
/** Waited longer than DB_LOCK_TIMEOUT_MS or in the queue: on a busy machine some do. Nothing was done. */
const REFUSED = 'SERVICE_UNAVAILABLE';

export const noDeadlock: ReliabilityPromise = {
  id: 'G25',
  title: 'changes never wait for each other in a circle',
  fault:
    'all kinds of change, mixed, of the same 100 learners, through two processes for 5 minutes, while their courses are evaluated each second',
  times: 1,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage, durationSeconds }) {
    const seconds = durationSeconds ?? (short ? MIXED_SHORT_S : MIXED_S);
    await onStage({ environment: { ERASURE_SETTLE_SECONDS } }, async (stage) => {
      await stage.postgres.query(
        `ALTER DATABASE user_progress SET deadlock_timeout = '${DEADLOCK_TIMEOUT}'`,
      );
      await stage.restart(stage.sabotage);
      const before = await deadlocks(stage);
      const client = await Client.create('admin');
      const ledger = new Ledger();
      for (; tally.times < times; tally.times += 1) {
        const changes = new AnyChange(random, `G25-${tally.times}`, LEARNERS);
        const until = performance.now() + seconds * 1_000;
        const evaluating = evaluateCourses(stage, until);
        await inParallel(numbered('lane', REQUESTS_AT_ONCE), REQUESTS_AT_ONCE, async () => {
          while (performance.now() < until) {
            const { port } = pick(random, stage.services).link;
            const answer = await changes.send((query, variables) =>
              client.send(port, query, variables),
            );
            ledger.note(answer);
          }
        });
        await evaluating;
      }
      client.close();
      tally.count(ledger, stage.services);
      await untilErased(stage);
      await auditRollups(stage, tally);
      judge(ledger, (await deadlocks(stage)) - before, seconds, tally);
    });
  },
};

/** A course that has another structure has all its learners counted anew. */
async function evaluateCourses({ postgres }: Stage, until: number): Promise<void> {
  for (let size = 1; performance.now() < until; size = (size % 3) + 1) {
    await postgres.query(
      'UPDATE course SET structure_version = structure_version + 1 WHERE course_id = $1',
      [courseId(size)],
    );
    await sleep(EVALUATE_EVERY_MS);
  }
}

async function untilErased({ postgres }: Stage): Promise<void> {
  for (let open = 1; open > 0; await sleep(LOOK_EVERY_MS)) {
    const [row] = await postgres.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM erased_user WHERE finished_at IS NULL',
    );
    open = row!.open;
  }
}

/** PostgreSQL's own count, of all processes. */
async function deadlocks({ postgres }: Stage): Promise<number> {
  const [row] = await postgres.query<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return row!.deadlocks;
}

function judge({ codes }: Ledger, found: number, seconds: number, tally: Tally): void {
  const failed = [...codes].filter(([code]) => !EXPECTED.includes(code) && code !== REFUSED);
  tally.figures.set('seconds', String(seconds));
  tally.figures.set('deadlocks', String(found));
  tally.figures.set('refused', String(codes.get(REFUSED) ?? 0));
  tally.figures.set('failed', String(failed.reduce((sum, [, count]) => sum + count, 0)));
  if (found > 0) tally.violate('deadlocks', `${found} in ${seconds} s`);
  for (const [code, count] of failed) tally.violate(`failed: ${code}`, String(count));
}
