import { boundariesBetween, secondsOf } from './boundaries.js';
import { quarterOf, secondOfQuarter, type LessonMove } from './move.js';

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
  for (const { courseId, at, seconds } of activity) moves.active(courseId, at, seconds);
  const lived = before !== null && before.deletedAt === null ? before : null;
  const lives = after.deletedAt === null ? after : null;
  const isRevived = lived && lives && lived.createdAt.getTime() !== lives.createdAt.getTime();
  if (lived && lives && !isRevived && lived.courseId === lives.courseId) {
    moves.differ(lives.courseId, { lived, lives, now });
  } else {
    if (lived) moves.differ(lived.courseId, { lived, lives: null, now });
    if (lives) moves.differ(lives.courseId, { lived: null, lives, now });
  }
  if (lives && !(lived && !isRevived && isSameCompletion(lived, lives))) {
    if (lived?.completedAt && !isRevived) moves.complete(lived.courseId, lived.completedAt, -1);
    if (lives.completedAt) moves.complete(lives.courseId, lives.completedAt, 1);
  }
  return moves.all();
}

const isSameCompletion = (one: AnalysedRecord, other: AnalysedRecord): boolean =>
  one.courseId === other.courseId && one.completedAt?.getTime() === other.completedAt?.getTime();

/** A record's states in one course: null where it was not, or is not there. */
interface Difference {
  lived: AnalysedRecord | null;
  lives: AnalysedRecord | null;
  now: Date;
}

type Sum = 's' | 'f' | 'w' | 'q' | 'r' | 'd' | 'p';

/** The keys of a move that moves nothing. */
const NAMES = 5;

/** The moves of one record, by course and quarter. */
class MovesOfRecord {
  private readonly moves: LessonMove[] = [];

  constructor(private readonly record: AnalysedRecord) {}

  active(courseId: string, at: Date, seconds: number): void {
    const move = this.find(courseId, quarterOf(at));
    add(move, 'p', seconds);
    move.a = Math.max(move.a ?? 0, secondOfQuarter(at) + 1);
  }

  complete(courseId: string, at: Date, sign: 1 | -1): void {
    add(this.find(courseId, quarterOf(at)), 'd', sign);
  }

  /** What a lesson's sums differ by belongs to no quarter, so it is put to a move that is there already. */
  differ(courseId: string, { lived, lives, now }: Difference): void {
    const move = this.moves.find(({ c }) => c === courseId) ?? this.find(courseId, quarterOf(now));
    add(move, 's', Number(lives !== null) - Number(lived !== null));
    add(move, 'f', Number(lives?.completed ?? false) - Number(lived?.completed ?? false));
    add(move, 'w', (lives?.watchTimeSeconds ?? 0) - (lived?.watchTimeSeconds ?? 0));
    add(move, 'q', (lives?.uniqueSeconds ?? 0) - (lived?.uniqueSeconds ?? 0));
    add(move, 'r', (lives?.rewatchedSeconds ?? 0) - (lived?.rewatchedSeconds ?? 0));
    addBoundaries(move, ['up', 'dn'], lived?.watched, lives?.watched);
    addBoundaries(move, ['au', 'ad'], lived?.watchedAgain, lives?.watchedAgain);
  }

  /** All that move anything. */
  all(): LessonMove[] {
    return this.moves.filter((move) => Object.keys(move).length > NAMES);
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

function add(move: LessonMove, key: Sum, value: number): void {
  if (value === 0) return;
  const sum = (move[key] ?? 0) + value;
  if (sum === 0) delete move[key];
  else move[key] = sum;
}

function addBoundaries(
  move: LessonMove,
  [rises, falls]: ['up', 'dn'] | ['au', 'ad'],
  before = '{}',
  after = '{}',
): void {
  if (before === after) return;
  const boundaries = boundariesBetween(before, after);
  addSeconds(move, rises, secondsOf(boundaries, 1));
  addSeconds(move, falls, secondsOf(boundaries, -1));
}

function addSeconds(move: LessonMove, key: 'up' | 'dn' | 'au' | 'ad', seconds: number[]): void {
  if (seconds.length > 0) move[key] = [...(move[key] ?? []), ...seconds];
}
