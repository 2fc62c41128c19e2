import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { Load } from '../load/load.ts';
import { between } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';

const RECOVERS_WITHIN_MS = 10_000;

export const databaseKilled: ReliabilityPromise = {
  id: 'G2',
  title: 'an acknowledgement survives PostgreSQL’s death',
  fault: 'kill -9 of the postmaster and its children, and of one backend, in turn',
  times: 50,
  shortTimes: 2,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const { postgres, services } = stage;
      const client = await Client.create();
      const load = new Load({ name: 'G2', client, random, services, requestsPerSecond: 200 });
      load.start();
      for (; tally.times < times; tally.times += 1) {
        await sleep(between(random, 300, 1_000));
        if (tally.times % 2 === 0) {
          await postgres.killAll();
          await sleep(between(random, 0, 300));
          await postgres.start();
        } else if (await postgres.killOneBackend(random)) {
          await postgres.untilAnswers();
        }
        tally.recovered(await load.untilAcknowledged(), RECOVERS_WITHIN_MS);
        const ended = services.find(({ up }) => !up);
        if (ended) tally.violate('the service ended with it', ended.output().slice(-2_000));
      }
      await load.stop();
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};
