import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { milliseconds } from '../load/figures.ts';
import { Load } from '../load/load.ts';
import type { ReliabilityPromise } from '../promise.ts';

const SILENCE_S = 30;
const SILENCE_SHORT_S = 8;
const ANSWERS_WITHIN_MS = 5_000;
/** For short runs beside other tests. */
const ANSWERS_WITHIN_SHORT_MS = 7_000;
const HEALS_WITHIN_MS = 10_000;

export const halfOpenDatabase: ReliabilityPromise = {
  id: 'G11',
  title: 'silence of PostgreSQL is noticed',
  fault:
    'every connection to PostgreSQL blackholed for 30 s: answers within 5 s, healthy within 10 s of healing',
  times: 20,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      let slowestMs = 0;
      let healedAt = Infinity;
      const load = new Load({
        name: 'G11',
        client,
        random,
        services: stage.services,
        requestsPerSecond: 100,
        observe: ({ invokedAt, returnedAt, outcome, code }) => {
          slowestMs = Math.max(slowestMs, returnedAt - invokedAt);
          const healthy = invokedAt > healedAt + HEALS_WITHIN_MS;
          if (healthy && outcome !== 'acknowledged')
            tally.violate('not healthy 10 s later', code ?? '');
        },
      });
      load.start();
      for (; tally.times < times; tally.times += 1) {
        await sleep(1_000);
        healedAt = Infinity;
        stage.postgres.link.set('blackhole');
        await sleep((short ? SILENCE_SHORT_S : SILENCE_S) * 1_000);
        stage.postgres.link.set('pass');
        healedAt = performance.now();
        tally.recovered(await load.untilAcknowledged(), HEALS_WITHIN_MS);
        if (!short) await sleep(HEALS_WITHIN_MS + 1_000);
      }
      await load.stop();
      tally.figures.set('slowest answer', milliseconds(slowestMs));
      const within = short ? ANSWERS_WITHIN_SHORT_MS : ANSWERS_WITHIN_MS;
      if (slowestMs > within)
        tally.violate(`answers later than ${milliseconds(within)}`, milliseconds(slowestMs));
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};
