import { setTimeout as sleep } from 'node:timers/promises';
import { courseId, lessonIds } from '../stage/platform.ts';
import type { Client } from './client.ts';
import { ADD, CREATE } from './operations.ts';

/** A course that no load has. */
const SIZE = 10;
const EVERY_MS = 100;
const LOOK_EVERY_MS = 50;
const GIVE_UP_MS = 60_000;

const WATCHED = `query ($courseId: String!) {
  courseAnalytics(courseId: $courseId) { data { watch_time_seconds } } }`;

/**
 * Adds a second of watch time again and again, and asks for the course's figure until it has all of them.
 * @param client of an administrator
 * @returns milliseconds from the sending of each change until an answer had it; Infinity where none had within a minute
 */
export async function measureFreshness(
  client: Client,
  port: number,
  userId: string,
  seconds: number,
): Promise<number[]> {
  const key = { userId, lessonId: lessonIds(SIZE)[0]! };
  await client.send(port, CREATE, { ...key, courseId: courseId(SIZE) });
  const before = await watched(client, port);
  const sentAt: number[] = [];
  const took: number[] = [];
  const adding = addEvery(client, port, key, seconds, sentAt);
  let isAdding = true;
  void adding.then(() => (isAdding = false));
  let lastAt = performance.now();
  while (isAdding || (took.length < sentAt.length && performance.now() - lastAt < GIVE_UP_MS)) {
    const shown = (await watched(client, port)) - before;
    const now = performance.now();
    if (isAdding) lastAt = now;
    while (took.length < shown) took.push(now - sentAt[took.length]!);
    await sleep(LOOK_EVERY_MS);
  }
  await adding;
  return [...took, ...sentAt.slice(took.length).map(() => Infinity)];
}

/** One after the other: the sum of the first n is n seconds. */
async function addEvery(
  client: Client,
  port: number,
  key: object,
  seconds: number,
  sentAt: number[],
): Promise<void> {
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const { outcome, invokedAt, code } = await client.send(port, ADD, { ...key, seconds: 1 });
    if (outcome !== 'acknowledged') throw new Error(`A change was not made: ${code}`);
    sentAt.push(invokedAt);
    await sleep(EVERY_MS);
  }
}

async function watched(client: Client, port: number): Promise<number> {
  const { data, code } = await client.send(port, WATCHED, { courseId: courseId(SIZE) });
  if (code !== null) throw new Error(`The figures of the course were not given: ${code}`);
  return Number(data.data.watch_time_seconds);
}
