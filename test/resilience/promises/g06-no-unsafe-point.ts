import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { settleByMending } from '../audit/certificates.ts';
import { CRASH_POINTS } from '../controls/crash-points.ts';
import { Client } from '../load/client.ts';
import { complete, enrol, type Platform } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { COMPLETE } from '../load/operations.ts';
import { inParallel } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { CERTIFICATE_KINDS, courseId, lessonIds, NO_FAULTS } from '../stage/platform.ts';
import type { Service } from '../stage/service.ts';

const LESSONS = 1;
const [LESSON] = lessonIds(LESSONS) as [string];
/** Leaves time for a process to die between its request and the reply. */
const PEER_DELAY_MS = 30;
const DIES_WITHIN_MS = 3_000;
const AFTER_THE_REQUEST = 'after the request, before the reply';
const POINTS_SHORT = [
  'before COMMIT',
  'while committing',
  AFTER_THE_REQUEST,
  'after the reply, before settling',
];

export const noUnsafePoint: ReliabilityPromise = {
  id: 'G6',
  title: 'there is no unsafe point to die at',
  fault: `the process dies at each of ${CRASH_POINTS.length} points; the peer does not guard against duplicates, guards, or guards and cannot be asked, in turn`,
  times: 21,
  shortTimes: CERTIFICATE_KINDS.length,
  async attempt({ times, short, random, tally, onStage }) {
    const environment = { CERTIFICATE_RETRY_MAX_SECONDS: '5' };
    await onStage({ services: 3, environment }, async (stage) => {
      const client = await Client.create();
      const [steady, ...dying] = stage.services as [Service, ...Service[]];
      const platform = { client, random, ledger: new Ledger(), services: [steady] };
      const free = [...dying];
      for (let round = 0; round < times; round += 1) {
        const kind = CERTIFICATE_KINDS[round % CERTIFICATE_KINDS.length]!;
        await stage.peer.behave({ ...kind, delayMs: PEER_DELAY_MS });
        await inParallel(pointsOf(round, short), dying.length, async (point) => {
          const service = free.pop()!;
          await service.kill();
          await service.start({ ...stage.sabotage, crashAt: point });
          if (!(await dieAt(service, platform, `G6-${tally.times++}`))) {
            tally.violate('the process did not die', point);
          }
          free.push(service);
        });
        if (!kind.canBeAsked) await settleByMending(stage, tally);
      }
      await Promise.all(free.map((service) => service.start(stage.sabotage)));
      await stage.peer.behave(NO_FAULTS);
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};

/** In the short form: some points with the first kind of peer, and with the others the one that differs. */
function pointsOf(round: number, short: boolean): readonly string[] {
  if (!short) return CRASH_POINTS;
  return round === 0 ? POINTS_SHORT : [AFTER_THE_REQUEST];
}

/**
 * Makes learners complete their course until the process dies: the other process may have claimed the first
 * certificates.
 */
async function dieAt(service: Service, platform: Platform, name: string): Promise<boolean> {
  const { client, ledger } = platform;
  let dead = false;
  void service.exited.then(() => (dead = true));
  const deadline = performance.now() + DIES_WITHIN_MS;
  for (let number = 1; !dead && performance.now() < deadline; number += 1) {
    const userId = `${name}-${number}`;
    await enrol(platform, userId, LESSONS);
    const { completes } = ledger.record(userId, courseId(LESSONS), LESSON);
    const variables = { userId, lessonId: LESSON };
    completes.push(ledger.note(await client.send(service.link.port, COMPLETE, variables)));
    await Promise.race([service.exited, sleep(PEER_DELAY_MS * 5)]);
    // Every second learner repeats the request; the others leave the outcome unknown.
    if (number % 2 === 0) await complete(platform, userId, LESSONS);
  }
  return dead;
}
