import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { Load } from '../load/load.ts';
import { between, type Random } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';
import { Standby } from '../stage/standby.ts';

const RECOVERS_WITHIN_MS = 10_000;
/** The only error allowed meanwhile, besides an unknown outcome. */
const RETRYABLE = 'SERVICE_UNAVAILABLE';

export const failover: ReliabilityPromise = {
  id: 'G13',
  title: 'a failover of PostgreSQL leads to retryable errors, and passes',
  fault:
    'a standby is reached (25006), then promoted as the primary is killed; then connections are ended and refused (57P01, 53300); then a restart (57P03)',
  times: 20,
  shortTimes: 1,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const load = new Load({
        name: 'G13',
        client,
        random,
        services: stage.services,
        requestsPerSecond: 100,
        observe: ({ outcome, code }) => {
          if (outcome === 'failed' && code !== RETRYABLE && code !== 'CONFLICT') {
            tally.violate('an error that is not retryable', String(code));
          }
        },
      });
      load.start();
      for (; tally.times < times; tally.times += 1) {
        const standby = await Standby.create(
          stage.postgres,
          join(stage.folder, `standby-${tally.times}`, 'data'),
        );
        const recovered = async () =>
          tally.recovered(await load.untilAcknowledged(), RECOVERS_WITHIN_MS);
        await recovered();
        await failOver(stage, standby, random, tally);
        await recovered();
        await refuseConnections(stage, random);
        await recovered();
        await stage.postgres.stop();
        await stage.postgres.start();
        await recovered();
      }
      await load.stop();
      for (const code of load.ledger.codes.keys())
        tally.figures.set(code, String(load.ledger.codes.get(code)));
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};

async function failOver(
  { postgres, services }: Stage,
  standby: Standby,
  random: Random,
  tally: Tally,
): Promise<void> {
  postgres.link.retarget(standby.server.port);
  postgres.link.cut();
  await sleep(between(random, 500, 1_500));
  for (const service of services) {
    if (await service.isReady()) tally.violate('ready on a standby', 'it takes no changes');
  }
  await postgres.killAll();
  await standby.promote(postgres);
}

async function refuseConnections({ postgres }: Stage, random: Random): Promise<void> {
  await postgres.limitConnections(0);
  await postgres.terminateBackends();
  await sleep(between(random, 500, 1_500));
  await postgres.limitConnections(-1);
}
