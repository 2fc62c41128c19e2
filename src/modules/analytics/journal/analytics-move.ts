import { boundariesBetween, secondsOf } from './boundaries.js';
import { quarterOf, SECONDS_PER_QUARTER, type LessonMove } from './move.js';

/** What analytics needs of a record. */
export interface AnalysedRecord {
  readonly userId: string;
  readonly courseId: string;
  readonly lessonId: string;
  readonly completed: boolean;
  readonly completedAt: Date | null;
  readonly watchTimeSeconds: number;
  readonly uniqueSeconds: number;
  readonly rewatchedSeconds: number;
  /** In PostgreSQL's form of an `int4multirange`. */
  readonly watched: string;
  readonly watchedAgain: string;
  /** Changes when a deleted record is revived. */
  readonly createdAt: Date;
  /** Null while the record is live. */
  readonly deletedAt: Date | null;
}

/** The learner did something: was credited seconds, or, with 0 seconds, started or completed the lesson. */
export interface Activity {
  /** The course in which the lesson was then. */
  readonly courseId: string;
  /** When, never in the future. */
  readonly at: Date;
  /** Seconds of media. */
  readonly seconds: number;
}

/**
 * By how much a record that replaces another one moves the figures: at most one move for each quarter of an hour, and
 * one more for the course that it left.
 *
 * Deleting takes back what the record gave to the lesson. What was done on past days stays. A revived record is a new
 * one. Reopening takes the completion back from its day. A record that moves to another course takes its completion
 * along, and leaves the days on which it was watched.
 * @param before the row as it was stored; null when there was none
 * @param activity what the learner did in between
 * @param now the time of the transaction
 */
export function analyticsMoves(
  before: AnalysedRecord | null,
  after: AnalysedRecord,
  activity: readonly Activity[],
  now: Date,
): LessonMove[] {
  const moves = new MovesOfRecord(after);
  const lived = before !== null && before.deletedAt === null ? before : null;
  const lives = after.deletedAt === null ? after : null;
  const isRevived = lived && lives && lived.createdAt.getTime() !== lives.createdAt.getTime();
  if (lived && lives && !isRevived && lived.courseId === lives.courseId) {
    moves.of(lives.courseId, now, difference(lived, lives));
  } else {
    if (lived) moves.of(lived.courseId, now, difference(lived, null));
    if (lives) moves.of(lives.courseId, now, difference(null, lives));
  }
  if (lives && !(lived && !isRevived && isSameCompletion(lived, lives))) {
    if (lived?.completedAt && !isRevived) moves.of(lived.courseId, lived.completedAt, { d: -1 });
    if (lives.completedAt) moves.of(lives.courseId, lives.completedAt, { d: 1 });
  }
  for (const { courseId, at, seconds } of activity) {
    moves.of(courseId, at, { p: seconds, a: secondOfQuarter(at) + 1 });
  }
  return moves.all();
}

const SUMS = ['s', 'f', 'w', 'q', 'r', 'd', 'p'] as const;
const SECONDS = ['up', 'dn', 'au', 'ad'] as const;

type Sums = Omit<LessonMove, 'k' | 'u' | 'c' | 'l' | 't'>;

const isSameCompletion = (one: AnalysedRecord, other: AnalysedRecord): boolean =>
  one.courseId === other.courseId && one.completedAt?.getTime() === other.completedAt?.getTime();

const secondOfQuarter = (at: Date): number =>
  Math.floor(at.getTime() / 1_000) % SECONDS_PER_QUARTER;

function difference(lived: AnalysedRecord | null, lives: AnalysedRecord | null): Sums {
  const less = (value: (record: AnalysedRecord) => number) =>
    (lives ? value(lives) : 0) - (lived ? value(lived) : 0);
  const seen = boundariesBetween(lived?.watched ?? '{}', lives?.watched ?? '{}');
  const again = boundariesBetween(lived?.watchedAgain ?? '{}', lives?.watchedAgain ?? '{}');
  return {
    s: less(() => 1),
    f: less(({ completed }) => Number(completed)),
    w: less(({ watchTimeSeconds }) => watchTimeSeconds),
    q: less(({ uniqueSeconds }) => uniqueSeconds),
    r: less(({ rewatchedSeconds }) => rewatchedSeconds),
    up: secondsOf(seen, 1),
    dn: secondsOf(seen, -1),
    au: secondsOf(again, 1),
    ad: secondsOf(again, -1),
  };
}

/** The moves of one record, by course and quarter. */
class MovesOfRecord {
  private readonly moves: LessonMove[] = [];

  constructor(private readonly record: AnalysedRecord) {}

  of(courseId: string, at: Date, { a = 0, ...sums }: Sums): void {
    const move = this.find(courseId, quarterOf(at));
    if (a > (move.a ?? 0)) move.a = a;
    for (const key of SUMS) {
      const sum = (move[key] ?? 0) + (sums[key] ?? 0);
      if (sum === 0) delete move[key];
      else move[key] = sum;
    }
    for (const key of SECONDS) {
      const seconds = [...(move[key] ?? []), ...(sums[key] ?? [])];
      if (seconds.length > 0) move[key] = seconds;
    }
  }

  /** All that move anything. */
  all(): LessonMove[] {
    return this.moves.filter(({ k: _k, u: _u, c: _c, l: _l, t: _t, ...sums }) => !isEmpty(sums));
  }

  private find(c: string, t: number): LessonMove {
    let move = this.moves.find((one) => one.c === c && one.t === t);
    if (!move) {
      move = { k: 'l', u: this.record.userId, c, l: this.record.lessonId, t };
      this.moves.push(move);
    }
    return move;
  }
}

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;
