import { setTimeout as sleep } from 'node:timers/promises';
import { courseId, lessonIds } from '../stage/platform.ts';
import type { Service } from '../stage/service.ts';
import type { Answer, Client, Outcome } from './client.ts';
import type { Ledger } from './ledger.ts';
import { COMPLETE, CREATE } from './operations.ts';
import { pick, type Random } from './random.ts';

export interface Platform {
  client: Client;
  ledger: Ledger;
  random: Random;
  services: readonly Service[];
}

const TRY_AGAIN_MS = 100;

/** Creates the learner's records in the course with that many lessons; repeats until they are there. */
export async function enrol(platform: Platform, userId: string, lessons: number): Promise<void> {
  for (const lessonId of lessonIds(lessons)) {
    const variables = { userId, lessonId, courseId: courseId(lessons) };
    const record = platform.ledger.record(userId, variables.courseId, lessonId);
    await insist(platform, CREATE, variables, record.creates);
  }
}

/** Completes all lessons; repeats until that is acknowledged. */
export async function complete(platform: Platform, userId: string, lessons: number): Promise<void> {
  for (const lessonId of lessonIds(lessons)) {
    const record = platform.ledger.record(userId, courseId(lessons), lessonId);
    await insist(platform, COMPLETE, { userId, lessonId }, record.completes);
  }
}

async function insist(
  { client, ledger, random, services }: Platform,
  query: string,
  variables: object,
  outcomes: Outcome[],
): Promise<void> {
  for (;;) {
    const answer: Answer = await client.send(pick(random, services).link.port, query, variables);
    outcomes.push(ledger.note(answer));
    if (answer.outcome === 'acknowledged' || answer.code === 'CONFLICT') return;
    await sleep(TRY_AGAIN_MS);
  }
}
