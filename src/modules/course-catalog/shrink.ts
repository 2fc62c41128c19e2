import type { StoredLesson } from './course-catalog.js';

/** What is known of a course's structure. */
export interface Structure {
  /** Whether the course service listed the lessons. If not, only their number is known. */
  listed: boolean;
  lessons: readonly StoredLesson[];
  /** The number that a learner must complete; 0: nobody completes the course. */
  total: number;
}

/** What the course service says of it, in an answer to a request of that time. */
export interface ToldStructure {
  /** Null when the lessons are not listed. */
  lessons: readonly StoredLesson[] | null;
  /** The number of lessons, of use where they are not listed. */
  total: number | null;
  at: number;
}

/**
 * What the course service no longer says of a course, and since when. It counts until a second look confirms that. Times
 * are milliseconds since 1970, by the database's clock.
 */
export interface Shrink {
  /** Lessons that are no longer listed, and when each was first missed. */
  missing: Readonly<Record<string, number>>;
  /** A number of lessons that waits: it is lower than the total that counts, or an unlisted course's first one is 1. */
  told: { lessons: number; since: number } | null;
}

/** What course services say of a course whose lessons they have not counted. */
export const DEFAULT_TOTAL = 1;

export const NO_SHRINK: Shrink = { missing: {}, told: null };

/**
 * What to store of a course's structure after an answer. Additions, titles and lengths count at once. Lessons that are
 * missing, and a lower number of lessons, complete nobody until an answer at least `confirmMs` later says the same: an
 * answer may be incomplete for a moment, and certificates are for ever.
 *
 * A course service that has not counted yet says 1, its default. So a first number of 1 without a list waits, too.
 */
export function hold(
  known: Structure,
  waiting: Shrink,
  told: ToldStructure,
  confirmMs: number,
): { structure: Structure; waiting: Shrink } {
  if (told.lessons === null && (known.listed || told.total === null)) {
    return { structure: known, waiting };
  }
  const { lessons, missing } = holdLessons(known, waiting, told, confirmMs);
  const listed = told.lessons !== null;
  const number = listed ? lessons.length : (told.total ?? 0);
  const total = holdTotal(known, listed, number, { since: waiting.told, at: told.at, confirmMs });
  return {
    structure: { listed, lessons, total: total.counts },
    waiting: { missing, told: total.waits },
  };
}

/** When the first part of it may be confirmed, and when the last; null when nothing waits. */
export function confirmableAt(
  { missing, told }: Shrink,
  confirmMs: number,
): { first: number; last: number } | null {
  const times = Object.values(missing);
  if (told) times.push(told.since);
  if (times.length === 0) return null;
  return { first: Math.min(...times) + confirmMs, last: Math.max(...times) + confirmMs };
}

function holdLessons(
  known: Structure,
  waiting: Shrink,
  { lessons, at }: ToldStructure,
  confirmMs: number,
): Pick<Structure, 'lessons'> & Pick<Shrink, 'missing'> {
  if (lessons === null) return { lessons: [], missing: {} };
  const listed = new Set(lessons.map(({ lessonId }) => lessonId));
  const missing = known.lessons
    .filter(({ lessonId }) => !listed.has(lessonId))
    .map((lesson) => ({ lesson, since: since(waiting.missing[lesson.lessonId], at) }))
    .filter((one) => at - one.since < confirmMs);
  return {
    lessons: [...lessons, ...missing.map(({ lesson }) => lesson)],
    missing: Object.fromEntries(missing.map((one) => [one.lesson.lessonId, one.since])),
  };
}

function holdTotal(
  known: Structure,
  listed: boolean,
  number: number,
  { since: before, at, confirmMs }: { since: Shrink['told']; at: number; confirmMs: number },
): { counts: number; waits: Shrink['told'] } {
  const isDefault = !listed && known.total === 0 && number === DEFAULT_TOTAL;
  // The total of a list is its length, unless a higher number was known before the list and still counts.
  const held = known.listed && known.total <= known.lessons.length ? 0 : known.total;
  const isLower = number < held || isDefault;
  if (!isLower) return { counts: number, waits: null };
  const isSame = before !== null && number >= before.lessons;
  const told = { lessons: number, since: since(isSame ? before.since : undefined, at) };
  return at - told.since >= confirmMs
    ? { counts: number, waits: null }
    : { counts: held, waits: told };
}

/** A time in the future, of a database server with another clock, is none. */
const since = (before: number | undefined, at: number): number => Math.min(before ?? at, at);
