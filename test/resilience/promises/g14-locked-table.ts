import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client, type Answer } from '../load/client.ts';
import { enrol } from '../load/courses.ts';
import { milliseconds } from '../load/figures.ts';
import { Ledger } from '../load/ledger.ts';
import { ADD, READ } from '../load/operations.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { lessonIds } from '../stage/platform.ts';

const LOCKED_S = 20;
const LOCKED_SHORT_S = 4;
const IN_FLIGHT = 500;
const WITHIN_MS = 1_500;
/** For short runs beside other tests. */
const WITHIN_SHORT_MS = 3_000;
const [LESSON] = lessonIds(1) as [string];

export const lockedTable: ReliabilityPromise = {
  id: 'G14',
  title: 'a pool that is used up is said, not waited for',
  fault:
    'LOCK TABLE user_progress for 20 s with 500 requests in flight: SERVICE_UNAVAILABLE within 1.5 s',
  times: 20,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      const learners = numbered('G14', IN_FLIGHT);
      await inParallel(learners, 16, (userId) => enrol(platform, userId, 1));
      const within = short ? WITHIN_SHORT_MS : WITHIN_MS;
      let slowestMs = 0;
      const note = (answer: Answer) => {
        const tookMs = answer.returnedAt - answer.invokedAt;
        slowestMs = Math.max(slowestMs, tookMs);
        if (tookMs > within)
          tally.violate(
            `answers later than ${milliseconds(within)}`,
            `${milliseconds(tookMs)}, ${answer.code}`,
          );
        if (answer.code !== 'SERVICE_UNAVAILABLE')
          tally.violate('another answer', String(answer.code));
        platform.ledger.note(answer);
      };
      for (; tally.times < times; tally.times += 1) {
        const lock = await stage.postgres.connect();
        await lock.query('BEGIN; LOCK TABLE user_progress IN ACCESS EXCLUSIVE MODE');
        const until = performance.now() + (short ? LOCKED_SHORT_S : LOCKED_S) * 1_000;
        await inParallel(learners, IN_FLIGHT, async (userId, index) => {
          const key = { userId, lessonId: LESSON };
          while (performance.now() + WITHIN_MS < until) {
            const { port } = pick(random, stage.services).link;
            note(
              index % 2 === 0
                ? await client.send(port, ADD, { ...key, seconds: 1 })
                : await client.send(port, READ, key),
            );
            await sleep(random() * WITHIN_MS);
          }
        });
        await lock.query('ROLLBACK');
        lock.release();
        const begun = performance.now();
        await enrol(platform, `G14-AFTER-${tally.times}`, 1);
        tally.recovered(performance.now() - begun, 10_000);
      }
      tally.figures.set('slowest answer', milliseconds(slowestMs));
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};
