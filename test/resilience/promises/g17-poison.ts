import { auditCertificates, untilIssued } from '../audit/certificates.ts';
import { Client } from '../load/client.ts';
import { complete, enrol, type Platform } from '../load/courses.ts';
import { milliseconds, percentile } from '../load/figures.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { POISONED } from '../stage/platform.ts';
import type { Stage } from '../stage/stage.ts';

const LEARNERS = 500;
const LEARNERS_SHORT = 200;
const POISONED_SHARE = 0.01;
/** How much two equal runs may differ on a busy machine. */
const NOISE_MS = 25;

export const poison: ReliabilityPromise = {
  id: 'G17',
  title: 'poison is isolated',
  fault:
    '1 % of the certificates refused for good; the others’ p99 from completion to issue, against the same without',
  times: 50,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      const count = short ? LEARNERS_SHORT : LEARNERS;
      const clean: number[] = [];
      const mixed: number[] = [];
      await measure(stage, platform, 'WARMUP', count, 0);
      for (; tally.times < times; tally.times += 1) {
        clean.push(...(await measure(stage, platform, `C${tally.times}`, count, 0)));
        mixed.push(
          ...(await measure(stage, platform, `M${tally.times}`, count, count * POISONED_SHARE)),
        );
      }
      const [without, among] = [percentile(clean, 0.99), percentile(mixed, 0.99)];
      tally.figures.set('p99 without', milliseconds(without));
      tally.figures.set('p99 among poison', milliseconds(among));
      if (among > without * 1.1 + NOISE_MS) {
        tally.violate(
          'poison slows others down',
          `${milliseconds(among)} after ${milliseconds(without)}`,
        );
      }
      tally.count(platform.ledger, stage.services);
      await auditCertificates(stage, tally);
      client.close();
    });
  },
};

/** @returns milliseconds from completion to issue, for every learner who is not refused */
async function measure(
  stage: Stage,
  platform: Platform,
  name: string,
  count: number,
  poisoned: number,
): Promise<number[]> {
  const learners = [
    ...numbered(`${POISONED}${name}`, Math.ceil(poisoned)),
    ...numbered(name, count),
  ];
  await inParallel(learners, 8, async (userId) => {
    await enrol(platform, userId, 1);
    await complete(platform, userId, 1);
  });
  await untilIssued(stage);
  const rows = await stage.postgres.query<{ took: number }>(
    `SELECT extract(epoch FROM issued_at - completed_at)::float8 * 1000 AS took
     FROM certificate WHERE status = 'ISSUED' AND user_id LIKE $1`,
    [`${name}-%`],
  );
  return rows.map(({ took }) => took);
}
