import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { untilIssued } from '../audit/certificates.ts';
import { Client } from '../load/client.ts';
import { Load } from '../load/load.ts';
import type { Ledger } from '../load/ledger.ts';
import { between } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import type { Tally } from '../tally.ts';

const HEALS_WITHIN_MS = 30_000;

export const natsKilled: ReliabilityPromise = {
  id: 'G3',
  title: 'NATS is not on the write path',
  fault: 'kill -9 of nats-server, and of the peer, in turn',
  times: 50,
  shortTimes: 2,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const load = new Load({
        name: 'G3',
        client,
        random,
        services: stage.services,
        requestsPerSecond: 150,
      });
      load.start();
      for (; tally.times < times; tally.times += 1) {
        await sleep(between(random, 500, 1_000));
        if (tally.times % 2 === 0) {
          await stage.nats.stop('SIGKILL');
          await sleep(between(random, 500, 1_500));
          await stage.nats.restart();
        } else {
          await stage.peer.kill();
          await sleep(between(random, 500, 1_500));
          await stage.peer.start();
        }
        tally.recovered((await untilIssued(stage)) ?? Infinity, HEALS_WITHIN_MS);
      }
      await load.stop();
      checkWritesToKnownRecords(load.ledger, tally);
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};

/**
 * The first write to a record asks other services whether learner and lesson exist, so it may be refused meanwhile. No
 * other write may.
 */
function checkWritesToKnownRecords(ledger: Ledger, tally: Tally): void {
  for (const { userId, lessonId, adds, completes } of ledger.records.values()) {
    if ([...adds.flat(), ...completes].some((outcome) => outcome !== 'acknowledged')) {
      tally.violate('a write waited for NATS', `${userId} ${lessonId}`);
    }
  }
}
