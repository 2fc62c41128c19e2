import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { Load } from '../load/load.ts';
import { between, pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';

export const serviceKilled: ReliabilityPromise = {
  id: 'G1',
  title: 'an acknowledgement survives the service’s death',
  fault: 'kill -9 at random moments, of a service or of one of its workers, under 200 requests/s',
  times: 200,
  shortTimes: 2,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const load = new Load({
        name: 'G1',
        client,
        random,
        services: stage.services,
        requestsPerSecond: 200,
      });
      load.start();
      for (; tally.times < times; tally.times += 1) {
        await sleep(between(random, 200, 1_000));
        const service = pick(random, stage.services);
        const { workers } = service;
        const worker = workers.length > 0 ? pick(random, workers) : null;
        if (worker) process.kill(worker, 'SIGKILL');
        else await service.kill();
        const recovered = load.untilAcknowledged(service.link.port);
        await (worker ? service.untilReplaced([worker]) : service.start(stage.sabotage));
        tally.recovered(await recovered);
      }
      await load.stop();
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};
