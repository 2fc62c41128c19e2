import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { untilIssued } from '../audit/certificates.ts';
import { untilConnected } from '../audit/nats.ts';
import { Client } from '../load/client.ts';
import { complete, enrol } from '../load/courses.ts';
import { milliseconds } from '../load/figures.ts';
import { Ledger } from '../load/ledger.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';

const STOPPED_S = 60;
const NOTICED_WITHIN_MS = 20_000;
const HEALS_WITHIN_MS = 30_000;

export const natsStopped: ReliabilityPromise = {
  id: 'G16',
  title: 'silence of NATS is noticed, and it is connected to again',
  fault: 'nats-server stopped (SIGSTOP) for 60 s: noticed within 20 s, writes go on',
  times: 20,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      let slowestNoticeMs = 0;
      for (; tally.times < times; tally.times += 1) {
        const learners = numbered(`G16-${tally.times}`, 50);
        await inParallel(learners, 8, (userId) => enrol(platform, userId, 1));
        process.kill(stage.nats.pid, 'SIGSTOP');
        const over = sleep(short ? 0 : STOPPED_S * 1_000);
        const completed = inParallel(learners, 4, (userId) => complete(platform, userId, 1));
        const noticedMs = await untilConnected(stage, false);
        slowestNoticeMs = Math.max(slowestNoticeMs, noticedMs);
        if (noticedMs > NOTICED_WITHIN_MS)
          tally.violate('noticed later than 20 s', milliseconds(noticedMs));
        await completed;
        await over;
        process.kill(stage.nats.pid, 'SIGCONT');
        const connectedMs = await untilConnected(stage, true);
        const issuedMs = (await untilIssued(stage, HEALS_WITHIN_MS * 2)) ?? Infinity;
        tally.recovered(connectedMs + issuedMs, HEALS_WITHIN_MS);
      }
      tally.figures.set('noticed within', milliseconds(slowestNoticeMs));
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};
