import type { Beat } from '../beat.js';
import type { Clock } from '../clock.js';
import type { Answer, Emitter, Progress } from '../events.js';
import type { Queue } from '../queue/queue.js';
import type { Session } from '../session.js';
import type { Reply } from './reply.js';

/** Something is to be sent again: after so many milliseconds, or as follows. */
export type Wait = number;
/** A second later, then two, four, up to a minute. */
export const BACK_OFF = 0;
/** The same, but other beats may be sent before. */
const OTHERS_FIRST = -1;

/** What became of beats, and the record of their lesson after them. */
export interface Settled {
  record: Progress;
  answers: Answer[];
}

const SIGN_IN_MS = 60_000;
const MISDATED_MS = 60_000;

/** Whether a request is too much, or something in it is wrong: its halves may do. */
export const isDivisible = (code: string | undefined): boolean =>
  /^(BAD_USER_INPUT|TOO_LARGE)$/.test(code!);
const isRefused = (code: string | undefined): code is string =>
  isDivisible(code) || /^(FORBIDDEN|NOT_FOUND)$/.test(code!);

/** Takes a reply to a batch into account. @returns a wait, if something of it is to be sent again */
export async function settle(
  { data, code, waitMs = BACK_OFF }: Reply,
  batch: Beat[],
  clock: Clock,
  queue: Queue,
  session: Session,
  tell: (settled: Settled) => void,
  emit: Emitter['emit'],
): Promise<Wait | undefined> {
  if (isRefused(code)) {
    await queue.put([], batch);
    emit('dropped', { reason: code, beats: batch });
    return undefined;
  }
  if (code === 'UNAUTHENTICATED') {
    emit('auth', { code });
    return SIGN_IN_MS;
  }
  if (code === 'INTERNAL_SERVER_ERROR') return OTHERS_FIRST;
  if (!data?.recordWatch) return waitMs;

  const { data: record, beats } = data.recordWatch;
  const answers = beats.map((answer): Answer => ({
    ...answer,
    beat: batch.find(({ seq }) => seq === answer.seq)!,
  }));
  // Neither was counted: under another time, or another name, they are sent again.
  const again = answers.flatMap(({ beat, reason }): Beat[] => {
    const { sentAt } = beat;
    const anew = { ...beat, offset: undefined, sentAt: undefined };
    const isMisnamed = /^SESSION/.test(reason!);
    // What the answer said of the service's clock may show that it is not as old as it was dated.
    const isMisdated =
      reason === 'IN_THE_FUTURE' ||
      (reason === 'TOO_OLD' && clock.date(anew) - sentAt! > MISDATED_MS);
    if (isMisnamed && beat.session === session.name()) session.renew();
    return isMisnamed || isMisdated ? [{ ...anew, ...(isMisnamed && session.next()) }] : [];
  });
  await queue.put(
    again,
    answers.map(({ beat }) => beat),
  );
  tell({ record, answers });
  return again[0] && OTHERS_FIRST;
}
