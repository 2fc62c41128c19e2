import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { enrol, type Platform } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { COMPLETE, CREATE } from '../load/operations.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { courseId, lessonIds } from '../stage/platform.ts';
import type { Tally } from '../tally.ts';

const LESSONS = 2;
const PAIRS = 500;
const PAIRS_SHORT = 24;
const COMPLETIONS = 50;
/** As many requests as both processes accept at once. */
const PAIRS_AT_ONCE = 8;

export const oneIntent: ReliabilityPromise = {
  id: 'G5',
  title: 'a completed course has one certificate',
  fault: '50 concurrent completions of each pair, through two processes',
  times: 50,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      for (; tally.times < times; tally.times += 1) {
        const pairs = numbered(`G5-${tally.times}`, short ? PAIRS_SHORT : PAIRS);
        await inParallel(pairs, PAIRS_AT_ONCE, async (userId) => {
          await createTwice(platform, userId, tally);
          // A busy machine may have refused both requests.
          await enrol(platform, userId, LESSONS);
          await completeOften(platform, userId);
        });
      }
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};

/** Every process creates each record at the same time: at most one of them succeeds. */
async function createTwice(
  { client, ledger, services }: Platform,
  userId: string,
  tally: Tally,
): Promise<void> {
  for (const lessonId of lessonIds(LESSONS)) {
    const variables = { userId, lessonId, courseId: courseId(LESSONS) };
    const { creates } = ledger.record(userId, variables.courseId, lessonId);
    const answers = await Promise.all(
      services.map(({ link }) => client.send(link.port, CREATE, variables)),
    );
    creates.push(...answers.map((answer) => ledger.note(answer)));
    const created = creates.filter((outcome) => outcome === 'acknowledged').length;
    if (created > 1) tally.duplicate('acknowledged creation', `${userId} ${lessonId}: ${created}`);
  }
}

/** Completes both lessons at the same time, so that either may be the last one. */
async function completeOften(
  { client, ledger, random, services }: Platform,
  userId: string,
): Promise<void> {
  const requests = Array.from({ length: COMPLETIONS }, async () => {
    const lessonId = pick(random, lessonIds(LESSONS));
    const { completes } = ledger.record(userId, courseId(LESSONS), lessonId);
    const { port } = pick(random, services).link;
    completes.push(ledger.note(await client.send(port, COMPLETE, { userId, lessonId })));
  });
  await Promise.all(requests);
}
