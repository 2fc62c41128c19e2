import { setTimeout as sleep } from 'node:timers/promises';
import { COURSES, POISONED } from '../stage/platform.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

const LOOK_EVERY_MS = 50;
const OUTAGE_ENDS_WITHIN_MS = 30_000;

/**
 * Waits until the certificate of every completed course is issued.
 * @returns how long it took, in milliseconds, or null when it took longer than `withinMs`
 */
export async function untilIssued(
  stage: Stage,
  withinMs = OUTAGE_ENDS_WITHIN_MS,
): Promise<number | null> {
  const begun = performance.now();
  while (performance.now() - begun < withinMs) {
    const [row] = await stage.postgres.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM certificate WHERE status = 'REQUESTED'`,
    );
    if (row!.open === 0) return performance.now() - begun;
    await sleep(LOOK_EVERY_MS);
  }
  return null;
}

/**
 * For a peer that cannot be asked: waits until it has issued every certificate, whatever the service knows, and records
 * certificates that the service calls issued although the peer never issued them. A reply that such a peer lost never
 * comes again. So its check is mended then, and the service must find out by it.
 * @returns as `untilIssued`
 */
export async function settleByMending(
  stage: Stage,
  tally: Tally,
  withinMs = OUTAGE_ENDS_WITHIN_MS,
): Promise<number | null> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    // Read the service's certificates first. The peer's log only grows, so it must have them all by then.
    const settled = await pairsThat(stage, `status = 'ISSUED'`);
    const earned = await pairsThat(stage, `status <> 'PARKED'`);
    const issued = stage.peer.issued();
    const [untrue] = settled.filter((key) => !issued.has(key));
    if (untrue) tally.violate('certificate called issued that is not', untrue);
    if (untrue || earned.every((key) => issued.has(key))) break;
    await sleep(LOOK_EVERY_MS);
  }
  await stage.peer.behave({ canBeAsked: true });
  return untilIssued(stage, withinMs);
}

async function pairsThat(stage: Stage, condition: string): Promise<string[]> {
  const rows = await stage.postgres.query<{ key: string }>(
    `SELECT user_id || ' ' || course_id AS key FROM certificate WHERE ${condition}`,
  );
  return rows.map(({ key }) => key);
}

/** Each completed course has exactly one certificate, here and in the peer's log; no other course has one. */
export async function auditCertificates(stage: Stage, tally: Tally): Promise<void> {
  if ((await untilIssued(stage)) === null) {
    tally.violate('certificates not issued within 30 s', 'status is still REQUESTED');
  }
  const completed = await completedPairs(stage);
  const stored = new Map<string, number>();
  for (const { user_id, course_id } of await stage.postgres.query<{
    user_id: string;
    course_id: string;
  }>('SELECT user_id, course_id FROM certificate')) {
    const key = `${user_id} ${course_id}`;
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  compare('certificate', completed, stored, tally);
  const entitled = new Set([...completed].filter((key) => !key.startsWith(POISONED)));
  compare('issue', entitled, stage.peer.issued(), tally);
}

function compare(
  what: string,
  expected: Set<string>,
  actual: Map<string, number>,
  tally: Tally,
): void {
  for (const key of expected) {
    const times = actual.get(key) ?? 0;
    if (times === 0) tally.lose(what, key);
    if (times > 1) tally.duplicate(what, `${key}: ${times}`);
  }
  for (const key of actual.keys()) {
    if (!expected.has(key)) tally.violate(`${what} of a course that is not completed`, key);
  }
}

/** Counted from the records, not taken from the service's own rollups. */
async function completedPairs(stage: Stage): Promise<Set<string>> {
  const rows = await stage.postgres.query<{ user_id: string; course_id: string; lessons: number }>(
    `SELECT user_id, course_id, count(DISTINCT lesson_id)::int AS lessons
     FROM user_progress WHERE completed AND deleted_at IS NULL GROUP BY user_id, course_id`,
  );
  const sizes = new Map(COURSES.map(({ _id, totalLectures }) => [_id, totalLectures]));
  return new Set(
    rows
      .filter(({ course_id, lessons }) => lessons === sizes.get(course_id))
      .map(({ user_id, course_id }) => `${user_id} ${course_id}`),
  );
}
