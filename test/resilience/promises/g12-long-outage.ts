import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { untilIssued } from '../audit/certificates.ts';
import { untilConnected } from '../audit/nats.ts';
import { Client } from '../load/client.ts';
import { complete, enrol } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';

const OUTAGE_S = 300;
const OUTAGE_SHORT_S = 5;
const LEARNERS = 100;
const HEALS_WITHIN_MS = 30_000;

export const longOutage: ReliabilityPromise = {
  id: 'G12',
  title: 'a long outage heals',
  fault: 'NATS away for 5 minutes, also when a process starts; 100 courses are completed meanwhile',
  times: 50,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage, durationSeconds }) {
    const outageMs = (durationSeconds ?? (short ? OUTAGE_SHORT_S : OUTAGE_S)) * 1_000;
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      for (; tally.times < times; tally.times += 1) {
        const learners = numbered(`G12-${tally.times}`, LEARNERS);
        await inParallel(learners, 8, (userId) => enrol(platform, userId, 1));

        await stage.nats.stop('SIGKILL');
        const over = sleep(outageMs);
        const [restarted] = stage.services;
        await restarted!.kill();
        await restarted!.start(stage.sabotage);
        await inParallel(learners, 8, (userId) => complete(platform, userId, 1));
        await over;
        await stage.nats.restart();
        const connectedMs = await untilConnected(stage, true);
        const issuedMs = (await untilIssued(stage, HEALS_WITHIN_MS * 2)) ?? Infinity;
        tally.recovered(connectedMs + issuedMs, HEALS_WITHIN_MS);
      }
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};
