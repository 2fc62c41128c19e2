import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { milliseconds } from '../load/figures.ts';
import { Load } from '../load/load.ts';
import type { ReliabilityPromise } from '../promise.ts';
import type { Service } from '../stage/service.ts';

const REQUESTS_PER_SECOND = 150;
/** For short runs beside other tests: there, requests are refused for lack of a core, not because of the restart. */
const REQUESTS_PER_SECOND_SHORT = 30;
/** In each direction: a request may be under way to a process that closes its connection. */
const NETWORK_DELAY_MS = 20;
const EXITS_WITHIN_MS = 10_000;
/** Rarely, so that requests go on for longer than the 1.5 s for which a stopping process serves at least. */
const BALANCER_LOOKS_EVERY_MS = 2_000;

export const rollingRestart: ReliabilityPromise = {
  id: 'G18',
  title: 'deploys are invisible',
  fault:
    'SIGTERM to one of two processes after the other (before that SIGHUP, where they have workers), behind a keep-alive client',
  times: 100,
  shortTimes: 2,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      for (const { link } of stage.services) link.delayMs = NETWORK_DELAY_MS;
      const client = await Client.create();
      let [failed, refused] = [0, 0];
      const load = new Load({
        name: 'G18',
        client,
        random,
        services: stage.services,
        requestsPerSecond: short ? REQUESTS_PER_SECOND_SHORT : REQUESTS_PER_SECOND,
        observe: ({ outcome, code }) => {
          if (outcome === 'acknowledged') return;
          if (code === 'SERVICE_UNAVAILABLE') {
            refused += 1;
            if (!short) tally.violate('refused requests', code);
          } else {
            failed += 1;
            tally.violate('failed requests', String(code));
          }
        },
      });
      load.start();
      let slowestMs = 0;
      for (; tally.times < times; tally.times += 1) {
        const service = stage.services[tally.times % stage.services.length]!;
        if (service.workers.length > 0) await service.renew();
        slowestMs = Math.max(slowestMs, await leave(service));
        await service.start(stage.sabotage);
        await sleep(BALANCER_LOOKS_EVERY_MS);
      }
      await load.stop();
      for (const { link } of stage.services) link.delayMs = 0;
      tally.figures.set('failed requests', String(failed));
      tally.figures.set('refused requests', String(refused));
      tally.figures.set('slowest exit', milliseconds(slowestMs));
      if (slowestMs > EXITS_WITHIN_MS)
        tally.violate('exits later than 10 s', milliseconds(slowestMs));
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};

/** Stops the process. Meanwhile, a load balancer asks from time to time whether it is ready, and acts on the answer. */
async function leave(service: Service): Promise<number> {
  const exit = service.terminate();
  while (service.up) {
    await sleep(BALANCER_LOOKS_EVERY_MS);
    service.up = await service.isReady();
  }
  return exit;
}
