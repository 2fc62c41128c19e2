import { quarterOf, secondOfQuarter, type LessonMove } from './move.js';

/** A row of the journal. */
export interface StoredMoves {
  userId: string;
  /** A JSON array. */
  moves: string;
}

/**
 * The row of these moves, of which there is one at least. The journal is written with every change, so a move leaves out
 * what the row tells anyway (`movesIn` adds it again): that it is of a lesson, the learner whose id the row has, and the
 * time, if that is the transaction's.
 * @param now the time of the transaction
 */
export function storedMoves(moves: readonly LessonMove[], now: Date): StoredMoves {
  const row = { userId: moves[0]!.u, quarter: quarterOf(now), second: secondOfQuarter(now) + 1 };
  return { userId: row.userId, moves: JSON.stringify(moves.map((move) => shortened(move, row))) };
}

function shortened(
  { k: _, u, t, a, ...rest }: LessonMove,
  row: { userId: string; quarter: number; second: number },
): Partial<LessonMove> {
  const short: Partial<LessonMove> = rest;
  if (u !== row.userId) short.u = u;
  const isNow = t === row.quarter;
  if (!isNow) short.t = t;
  const isToldByTime = isNow && a === row.second && rest.p !== undefined;
  if (a !== undefined && !isToldByTime) short.a = a;
  return short;
}
