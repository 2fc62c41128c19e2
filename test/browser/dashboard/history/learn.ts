import { COURSES, DAILY, DEVOTED, LEARNERS, type Course, type Lesson } from './courses.ts';
import { Random } from './random.ts';

const DAY_MS = 86_400_000;
/** Ten weeks of history, up to now. */
export const HISTORY_DAYS = 70;
const COMPLETE_AT = 0.9;

type Range = [from: number, to: number];

/** A learner in a lesson: a row of `user_progress`. */
export interface LessonRow {
  user_id: string;
  course_id: string;
  lesson_id: string;
  completed: boolean;
  completed_at: string | null;
  watch_time_seconds: number;
  position_seconds: number;
  watched: string;
  watched_again: string;
  unique_seconds: number;
  rewatched_seconds: number;
  created_at: string;
  updated_at: string;
}

/** What everybody did until `now`, in milliseconds since 1970: the same for the same moment. */
export function learn(now: number): LessonRow[] {
  const random = new Random(20_260_331);
  let next = 0;
  const rows = COURSES.flatMap((course) =>
    Array.from({ length: course.learners }, () => {
      // Some learners are in several courses.
      const learner = LEARNERS[(next += random.happens(0.85) ? 1 : 0) % LEARNERS.length]!;
      return attend(learner.id, course, begins(random, now), now, random);
    }).flat(),
  );
  return [...rows, ...devote(now, random)];
}

/** A lesson almost every day; the last one is not yet seen to its end. */
function devote(now: number, random: Random): LessonRow[] {
  const rows = DAILY.lessons.slice(0, HISTORY_DAYS).flatMap((lesson, index) => {
    const daysAgo = HISTORY_DAYS - index;
    const isBusy = daysAgo > 12 && random.happens(0.3);
    return isBusy ? [] : [watch(DEVOTED.id, DAILY, lesson, now - daysAgo * DAY_MS, random)];
  });
  const last = { ...DAILY.lessons[HISTORY_DAYS]!, leaves: [{ at: 371, share: 1 }] };
  return [...rows, watch(DEVOTED.id, DAILY, last, now - 3_600_000, random)];
}

/** More begin from week to week, and fewer on two days of each: counted from now, so that all of it is the same at any time. */
function begins(random: Random, now: number): number {
  for (;;) {
    const daysAgo = Math.floor(HISTORY_DAYS * (1 - Math.sqrt(random.next())));
    const at = now - daysAgo * DAY_MS - random.between(600, 40_000) * 1_000;
    const isWeekend = daysAgo % 7 >= 5;
    if (!isWeekend || random.happens(0.45)) return at;
  }
}

function attend(
  user: string,
  course: Course,
  begun: number,
  now: number,
  random: Random,
): LessonRow[] {
  const rows: LessonRow[] = [];
  const pace = random.between(1, 5);
  let at = begun;
  for (const lesson of course.lessons) {
    if (at > now || (rows.length > 0 && !random.happens(course.goOn))) break;
    const row = watch(user, course, lesson, at, random);
    rows.push(row);
    if (!row.completed) break;
    at += random.between(0, pace * 2) * DAY_MS * 0.7 + lesson.seconds * 1_500;
  }
  return rows;
}

function watch(
  user: string,
  course: Course,
  lesson: Lesson,
  at: number,
  random: Random,
): LessonRow {
  const seen = seenOf(lesson, random);
  const end = seen.at(-1)![1];
  const again = lesson.replays
    .filter(({ to, share }) => to <= end && random.happens(share))
    .map(({ from, to }): Range => [from + random.between(-3, 3), to + random.between(-3, 3)]);
  const unique = lengthOf(seen);
  const rewatched = lengthOf(again) * random.between(1, 2);
  const completed = unique >= lesson.seconds * COMPLETE_AT;
  const ended = new Date(at + (unique + rewatched) * 1_000).toISOString();
  return {
    ...{ user_id: user, course_id: course.id, lesson_id: lesson.id },
    ...{ completed, completed_at: completed ? ended : null },
    ...{
      watch_time_seconds: unique + rewatched,
      unique_seconds: unique,
      rewatched_seconds: rewatched,
    },
    ...{ position_seconds: end, watched: multirange(seen), watched_again: multirange(again) },
    ...{ created_at: new Date(at).toISOString(), updated_at: ended },
  };
}

/** From the beginning to where they leave; some skip a part. */
function seenOf({ seconds, leaves }: Lesson, random: Random): Range[] {
  const left = leaves.find(({ share }) => random.happens(share));
  // Here and there somebody is called away.
  const wanders = random.happens(0.06);
  const end = left
    ? left.at + random.between(-2, 2)
    : wanders
      ? random.between(20, seconds - 20)
      : seconds - (random.happens(0.4) ? random.between(0, Math.round(seconds * 0.03)) : 0);
  if (end < 90 || !random.happens(0.1)) return [[0, end]];
  const from = random.between(20, end - 50);
  return [
    [0, from],
    [from + random.between(5, 25), end],
  ];
}

const lengthOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from, 0);

const multirange = (ranges: readonly Range[]): string =>
  `{${ranges.map(([from, to]) => `[${from},${to})`).join()}}`;
