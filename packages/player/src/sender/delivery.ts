import type { Beat } from '../beat.js';
import type { Answer, Dropped, Progress } from '../events.js';
import type { Client, Operation } from './client.js';
import { inputOf } from './dating.js';
import { RECORD } from './documents.js';
import type { Verdict } from './verdict.js';

export interface Recorded {
  recordWatch: { data: Progress; beats: Omit<Answer, 'beat'>[] };
}

/** What became of a batch. */
export interface Outcome {
  record?: Progress;
  answers: Answer[];
  /** Counted, or never to be: their beats are to be removed. */
  done: Beat[];
  /** Not believed yet: dated anew, they may be sent again. */
  redated: Beat[];
  /** Refused for the name of their session: to be sent again in another. */
  renamed: Beat[];
  dropped?: Dropped;
  /** Nothing more for now, for so many milliseconds if they are known. */
  later?: { waitMs?: number; isItsOwn?: boolean };
  unauthenticated?: boolean;
}

const NOTHING: Outcome = { answers: [], done: [], redated: [], renamed: [] };

export const recordOf = (batch: readonly Beat[]): Operation => ({
  query: RECORD,
  variables: { input: inputOf(batch) },
});

/** Sends a batch whose beats are dated; what is too much, in halves, until the one is found that is at fault. */
export async function deliver(client: Client, batch: readonly Beat[]): Promise<Outcome[]> {
  const verdict = await client.ask<Recorded>(recordOf(batch));
  if (verdict.kind !== 'halve' || batch.length === 1) return [outcomeOf(verdict, batch)];
  const half = batch.length >> 1;
  const first = await deliver(client, batch.slice(0, half));
  if (first.some(({ later, unauthenticated }) => later ?? unauthenticated)) return first;
  return [...first, ...(await deliver(client, batch.slice(half)))];
}

/** What an answer means for each beat of a batch. */
export function outcomeOf(verdict: Verdict<Recorded>, batch: readonly Beat[]): Outcome {
  switch (verdict.kind) {
    case 'done':
      return answered(verdict.data, batch);
    case 'later':
      return { ...NOTHING, later: verdict };
    case 'unauthenticated':
      return { ...NOTHING, unauthenticated: true };
    case 'refused':
    case 'halve':
      return {
        ...NOTHING,
        done: [...batch],
        dropped: { reason: verdict.code, beats: [...batch] },
      };
  }
}

function answered({ recordWatch }: Recorded, batch: readonly Beat[]): Outcome {
  const outcome: Outcome = {
    record: recordWatch.data,
    answers: [],
    done: [],
    redated: [],
    renamed: [],
  };
  for (const answer of recordWatch.beats) {
    const beat = batch.find(({ seq }) => seq === answer.seq);
    if (!beat) continue;
    outcome.answers.push({ ...answer, beat });
    if (answer.reason === 'IN_THE_FUTURE') outcome.redated.push(beat);
    else if (/^SESSION_/.test(answer.reason ?? '')) outcome.renamed.push(beat);
    else outcome.done.push(beat);
  }
  return outcome;
}
