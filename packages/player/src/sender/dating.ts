import { keyOf, type Beat } from '../beat.js';
import type { Clock } from '../clock.js';

/** The service's largest rate, unless it is configured otherwise. */
const MAX_RATE = 2;
/** As far as a beat may be dated later: no further than the clock's bias into the past. */
const PUSH_SECONDS = 3;

/**
 * Dates beats by the service's clock, once each: a repeat under another time would look like another beat.
 *
 * Whole seconds may claim a second that the beat before has claimed already. Such a beat is dated a little later, so
 * that it is not clipped.
 */
export class Dating {
  /** The second after the last one that was claimed, by session. */
  private readonly claimed = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Dates those that have no date yet. @returns these */
  date(beats: readonly Beat[]): Beat[] {
    const undated = beats.filter(({ sentAt }) => sentAt === undefined);
    for (const beat of undated.sort((one, other) => one.seq - other.seq)) {
      beat.sentAt = this.claim(beat, Math.floor(this.clock.date(beat)));
    }
    return undated;
  }

  private claim({ session, from, to, rate }: Beat, at: number): number {
    if (from === to) return at;
    const claimed = this.claimed.get(session) ?? 0;
    const late = claimed - (Math.floor(at / 1_000) - wallSeconds(to - from, rate));
    const pushed = late > 0 && late <= PUSH_SECONDS ? at + late * 1_000 : at;
    this.claimed.set(session, Math.max(claimed, Math.floor(pushed / 1_000)));
    return pushed;
  }
}

/** How much of the learner's time the service lets a beat claim, in seconds: as it computes it. */
export function wallSeconds(played: number, rate: number): number {
  const exact = played / rate;
  const shortest = Number.isInteger(exact)
    ? exact
    : Math.min(Math.floor((played - 1) / rate) + 1, Math.floor(exact));
  return Math.max(shortest, rate <= MAX_RATE ? Math.ceil(played / MAX_RATE) : 1, 1);
}

export const inputOf = (beats: readonly Beat[]): object => {
  const { userId, courseId, lessonId, session } = beats[0]!;
  return {
    userId,
    courseId,
    lessonId,
    sessionId: session,
    beats: beats.map(({ seq, from, to, rate, sentAt }) => ({
      seq,
      from,
      to,
      rate,
      at: new Date(sentAt!).toISOString(),
    })),
  };
};

/** Beats that may share a request: of one session and one lesson, up to `most` of them, the earliest first. */
export function batchesOf(beats: readonly Beat[], most: number): Beat[][] {
  const batches: Beat[][] = [];
  const filling = new Map<string, Beat[]>();
  for (const beat of [...beats].sort((one, other) => one.at - other.at || one.seq - other.seq)) {
    const key = `${beat.session} ${beat.courseId} ${beat.lessonId}`;
    let batch = filling.get(key);
    if (!batch || batch.length >= most) {
      filling.set(key, (batch = []));
      batches.push(batch);
    }
    batch.push(beat);
  }
  return batches;
}

export const without = (beats: readonly Beat[], taken: readonly Beat[]): Beat[] => {
  const keys = new Set(taken.map(keyOf));
  return beats.filter((beat) => !keys.has(keyOf(beat)));
};
