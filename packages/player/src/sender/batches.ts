import type { Beat } from '../beat.js';
import type { Operation } from './client.js';
import { WATCH } from './documents.js';

const mates = ({ session, lessonId }: Beat) => session + lessonId;

/** The service takes 500 beats; a request that outlives its page has room for less. */
const MOST_BEATS = 400;

/** Parts beats, the earliest first, into those that may share a request: of one session and one lesson. */
export function batchesOf(beats: readonly Beat[]): Beat[][] {
  const batches: Beat[][] = [];
  for (const beat of beats) {
    const batch = batches.find(
      (begun) => begun.length < MOST_BEATS && mates(begun[0]!) === mates(beat),
    );
    if (batch) batch.push(beat);
    else batches.push([beat]);
  }
  return batches;
}

/** The request for a batch of dated beats. */
export function watchOf(batch: readonly Beat[]): Operation {
  const { userId, courseId, lessonId, session: sessionId } = batch[0]!;
  const beats = batch.map(({ seq, from, to, rate, sentAt }) => ({
    seq,
    from,
    to,
    rate,
    at: new Date(sentAt!),
  }));
  return { query: WATCH, variables: { input: { userId, courseId, lessonId, sessionId, beats } } };
}
