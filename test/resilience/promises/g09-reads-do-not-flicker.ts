import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { enrol, type Platform } from '../load/courses.ts';
import { Ledger } from '../load/ledger.ts';
import { ADD, COMPLETE, READ } from '../load/operations.ts';
import { numbered } from '../load/parallel.ts';
import { pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { courseId, lessonIds } from '../stage/platform.ts';
import type { Tally } from '../tally.ts';

const LEARNERS = 12;
const READERS = 3;
const WRITES = 30;
const [LESSON] = lessonIds(1) as [string];

/** The state of a record that was acknowledged: no read may return less. */
interface Known {
  seconds: number;
  completed: boolean;
}

export const readsDoNotFlicker: ReliabilityPromise = {
  id: 'G9',
  title: 'what was acknowledged is read, and completion does not flicker',
  fault: 'one writer and three readers of each record, through two processes',
  times: 50,
  shortTimes: 1,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      for (; tally.times < times; tally.times += 1) {
        const learners = numbered(`G9-${tally.times}`, LEARNERS);
        await Promise.all(learners.map((userId) => follow(platform, userId, tally)));
      }
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};

async function follow(platform: Platform, userId: string, tally: Tally): Promise<void> {
  await enrol(platform, userId, 1);
  const known: Known = { seconds: 0, completed: false };
  let writing = true;
  const written = write(platform, userId, known).finally(() => (writing = false));
  const readers = Array.from({ length: READERS }, async () => {
    let before: Known = { ...known };
    while (writing) before = await read(platform, userId, known, before, tally);
  });
  await Promise.all([written, ...readers]);
}

async function write(platform: Platform, userId: string, known: Known): Promise<void> {
  const { client, ledger, random, services } = platform;
  const completesAt = Math.floor(random() * WRITES);
  for (let number = 0; number < WRITES; number += 1) {
    const { port } = pick(random, services).link;
    const key = { userId, lessonId: LESSON };
    if (number === completesAt) {
      const { completes } = ledger.record(userId, courseId(1), LESSON);
      const outcome = ledger.note(await client.send(port, COMPLETE, key));
      completes.push(outcome);
      if (outcome === 'acknowledged') known.completed = true;
    } else {
      const answer = await client.send(port, ADD, { ...key, seconds: 1 });
      if (ledger.note(answer) === 'acknowledged') known.seconds += 1;
    }
  }
}

/**
 * Reads the record. The answer must include everything acknowledged before the read, and everything that this reader
 * saw before.
 */
async function read(
  { client, ledger, random, services }: Platform,
  userId: string,
  known: Known,
  before: Known,
  tally: Tally,
): Promise<Known> {
  const least = {
    seconds: Math.max(known.seconds, before.seconds),
    completed: known.completed || before.completed,
  };
  const { port } = pick(random, services).link;
  const answer = await client.send(port, READ, { userId, lessonId: LESSON });
  if (ledger.note(answer) !== 'acknowledged') return before;
  const { watch_time_seconds: seconds, completed } = answer.data.data;
  if (seconds < least.seconds)
    tally.violate('watch time went back', `${userId}: ${seconds} after ${least.seconds}`);
  if (least.completed && !completed) tally.violate('completion flickered', userId);
  return { seconds, completed };
}
