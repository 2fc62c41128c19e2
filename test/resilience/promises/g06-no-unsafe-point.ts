import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { CRASH_POINTS } from '../controls/crash-points.ts';
import { Client } from '../load/client.ts';
import { complete, enrol, type Platform } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { COMPLETE } from '../load/operations.ts';
import { inParallel } from '../load/parallel.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { courseId, lessonIds, NO_FAULTS } from '../stage/platform.ts';
import type { Service } from '../stage/service.ts';

const LESSONS = 1;
const [LESSON] = lessonIds(LESSONS) as [string];
/** Leaves time for a process to die between its request and the reply. */
const PEER_DELAY_MS = 30;
const DIES_WITHIN_MS = 3_000;
const POINTS_SHORT = [
  'while committing',
  'after the request, before the reply',
  'after the reply, before settling',
];

export const noUnsafePoint: ReliabilityPromise = {
  id: 'G6',
  title: 'there is no unsafe point to die at',
  fault: `the process dies at each of ${CRASH_POINTS.length} points, the peer guarding against duplicates or not`,
  times: 20,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({ services: 3 }, async (stage) => {
      const client = await Client.create();
      const [steady, ...dying] = stage.services as [Service, ...Service[]];
      const platform = { client, random, ledger: new Ledger(), services: [steady] };
      await stage.peer.behave({ delayMs: PEER_DELAY_MS, guardsDuplicates: false });
      const deaths = Array.from({ length: times }, () =>
        short ? POINTS_SHORT : CRASH_POINTS,
      ).flat();
      const free = [...dying];
      await inParallel(deaths, free.length, async (point, index) => {
        const service = free.pop()!;
        await service.kill();
        await service.start({ ...stage.sabotage, crashAt: point });
        if (!(await dieAt(service, platform, `G6-${index}`))) {
          tally.violate('the process did not die', point);
        }
        tally.times += 1;
        free.push(service);
      });
      await Promise.all(free.map((service) => service.start(stage.sabotage)));
      await stage.peer.behave(NO_FAULTS);
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};

/**
 * Makes learners complete their course until the process dies: the other process may have claimed the first
 * certificates.
 */
async function dieAt(service: Service, platform: Platform, name: string): Promise<boolean> {
  const { client, ledger } = platform;
  let dead = false;
  void service.exited.then(() => (dead = true));
  const deadline = Date.now() + DIES_WITHIN_MS;
  for (let number = 1; !dead && Date.now() < deadline; number += 1) {
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
