/**
 * By how much a change moves the figures of analytics. Every figure is a sum of moves, so their order says nothing;
 * only an erasure comes after all other moves of its learner. Keys are short, and a key is left out where it is 0: the
 * journal has a move for every change.
 *
 * `u`: user, `c`: course, `l`: lesson. `t`: a quarter of an hour, counted from 1970. Every time zone begins its days
 * with one, so moves know no zone: the folder makes days of them.
 */
export type Move = LessonMove | LearnerMove | CertificateMove | ErasureMove;

/** A learner in a lesson. Only what happened on a day belongs to the quarter. */
export interface LessonMove {
  k: 'l';
  u: string;
  c: string;
  l: string;
  t: number;
  /** Live records, and how many of them are completed. */
  s?: number;
  f?: number;
  /** Seconds of the records: watched, seen at least once, seen again. */
  w?: number;
  q?: number;
  r?: number;
  /** Seconds at which one learner more, or one less, sees the lesson. */
  up?: number[];
  dn?: number[];
  /** The same for seeing it at least twice. */
  au?: number[];
  ad?: number[];
  /** On the day of `t`: lessons completed, and seconds credited (never less than 0). */
  d?: number;
  p?: number;
  /** The learner was active: one more than the second of `t` at which they last were. */
  a?: number;
}

/** A learner in a course, from the rollup. */
export interface LearnerMove {
  k: 'c';
  u: string;
  c: string;
  /** 1: became a learner of the course, -1: is one no more. */
  j?: number;
  /** When the rollup was created. */
  e: number;
  /** When the course was completed; of several times, the earliest counts. */
  x?: number;
}

/** A certificate that was issued at `t`, or is erased. */
export interface CertificateMove {
  k: 'i';
  u: string;
  c: string;
  t: number;
  n: 1 | -1;
}

/** A learner is erased, with everything that they gave to the figures of days and learners. */
export interface ErasureMove {
  k: 'e';
  u: string;
}

const SECONDS_PER_QUARTER = 900;

export const quarterOf = (at: Date): number =>
  Math.floor(at.getTime() / (SECONDS_PER_QUARTER * 1_000));

export const secondOfQuarter = (at: Date): number =>
  Math.floor(at.getTime() / 1_000) % SECONDS_PER_QUARTER;
