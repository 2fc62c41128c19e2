import type { AnalysedRecord } from '../../../src/modules/analytics/journal/analytics-move.js';
import type { Enrolment, IssuedCertificate, LessonActivity } from './learning-model.ts';

/** The figures by name, without those that are 0. Days are counted from 1970. */
export type Figures = Record<string, number | string>;

/** What learners did, and what is stored of it. */
export interface Learning {
  /** All that are stored, deleted or not. */
  readonly records: ReadonlyMap<string, AnalysedRecord>;
  readonly activities: readonly LessonActivity[];
  /** The last live state of each record's lifetime, over or not. */
  readonly lifetimes: ReadonlyMap<string, AnalysedRecord>;
  readonly enrolments: ReadonlyMap<string, Enrolment>;
  readonly certificates: readonly IssuedCertificate[];
  readonly erased: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;

/** Which day it is there, by JavaScript's own time zones. */
function dayIn(timeZone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at) => Date.parse(format.format(at)) / DAY_MS;
}

/** The first day of a day's month, or of the months, so many together, to which it belongs. */
function firstOfMonth(on: number, together = 1): number {
  const day = new Date(on * DAY_MS);
  const month = Math.floor(day.getUTCMonth() / together) * together;
  return Date.UTC(day.getUTCFullYear(), month) / DAY_MS;
}

/** The Monday of a day's week. 1970 began on a Thursday. */
const mondayOf = (on: number): number => on - ((on + 3) % 7);

/** Counts every figure anew from what learners did: in one pass for each figure, without any move. */
export function recount(model: Learning, timeZone: string, since: Date): Figures {
  const day = dayIn(timeZone);
  const figures: Figures = {};
  const add = (name: string, value: number) => {
    const sum = ((figures[name] as number | undefined) ?? 0) + value;
    if (sum === 0) delete figures[name];
    else figures[name] = sum;
  };
  const addDay = (courseId: string, on: number, name: string, value: number) => {
    add(`day ${courseId} ${on} ${name}`, value);
    add(`day  ${on} ${name}`, value);
  };
  const isKept = (one: { userId: string }) => !model.erased.has(one.userId);

  for (const record of model.records.values()) {
    if (record.deletedAt !== null) continue;
    const lesson = `lesson ${record.courseId} ${record.lessonId}`;
    add(`${lesson} learners`, 1);
    add(`${lesson} completed`, Number(record.completed));
    add(`${lesson} watch_seconds`, record.watchTimeSeconds);
    add(`${lesson} unique_seconds`, record.uniqueSeconds);
    add(`${lesson} rewatched_seconds`, record.rewatchedSeconds);
    for (const [name, ranges] of [
      ['seen', record.watched],
      ['again', record.watchedAgain],
    ] as const) {
      for (const [, from, to] of ranges.matchAll(/\[(\d+),(\d+)\)/g)) {
        add(`${lesson} ${from} ${name}`, 1);
        add(`${lesson} ${to} ${name}`, -1);
      }
    }
  }

  for (const lived of model.lifetimes.values()) {
    if (!isKept(lived) || lived.completedAt === null || lived.completedAt < since) continue;
    const on = day(lived.completedAt);
    add(`learner ${lived.userId} ${lived.courseId} ${on} lessons_completed`, 1);
    addDay(lived.courseId, on, 'lessons_completed', 1);
  }

  const activities = model.activities.filter((one) => isKept(one) && one.at >= since);
  const inOrder = activities.toSorted(
    (one, other) => seconds(one.at) - seconds(other.at) || (one.lessonId < other.lessonId ? -1 : 1),
  );
  /** The latest activity by learner and course. */
  const latest = new Map<string, { on: number; lessonId: string }>();
  /** Active days by course, then by learner. */
  const active = new Map<string, Map<string, Set<number>>>();
  for (const { userId, courseId, lessonId, at, seconds: credited } of inOrder) {
    const on = day(at);
    latest.set(`${userId} ${courseId}`, { on, lessonId });
    add(`learner ${userId} ${courseId} ${on} seconds`, credited);
    figures[`learner ${userId} ${courseId} ${on} last`] = `${seconds(at)} ${lessonId}`;
    addDay(courseId, on, 'watch_seconds', credited);
    add(`month ${courseId} ${firstOfMonth(on)}`, credited);
    add(`quarter ${courseId} ${firstOfMonth(on, 3)}`, credited);
    add(`week ${courseId} ${mondayOf(on)} watch_seconds`, credited);
    for (const course of [courseId, '']) {
      const learners = active.get(course) ?? new Map<string, Set<number>>();
      active.set(course, learners.set(userId, (learners.get(userId) ?? new Set()).add(on)));
    }
  }
  for (const [courseId, learners] of active) {
    for (const days of learners.values()) {
      for (const on of days) add(`day ${courseId} ${on} active`, 1);
      for (const [name, length] of [
        ['wau', 7],
        ['mau', 30],
      ] as const) {
        const windows = new Set(
          [...days].flatMap((on) => Array.from({ length }, (_, n) => on + n)),
        );
        for (const on of windows) add(`day ${courseId} ${on} ${name}`, 1);
      }
    }
  }

  for (const { userId, courseId, isLearner, createdAt, completedAt } of model.enrolments.values()) {
    if (!isKept({ userId }) || !isLearner) continue;
    const enrolledOn = day(createdAt);
    const completedOn = completedAt && day(completedAt);
    const last = latest.get(`${userId} ${courseId}`) ?? { on: enrolledOn, lessonId: '' };
    if (completedOn === null) {
      add(`silence ${courseId} ${last.on} ${last.lessonId}`, 1);
      add(`open ${courseId} ${last.lessonId}`, 1);
      add(`week ${courseId} ${mondayOf(last.on)} silent`, 1);
    }
    add(`course ${courseId} learners`, 1);
    add(`course ${courseId} completers`, Number(completedOn !== null));
    addDay(courseId, enrolledOn, 'enrolled', 1);
    add(`week ${courseId} ${mondayOf(enrolledOn)} enrolled`, 1);
    if (completedOn !== null) addDay(courseId, enrolledOn, 'enrolled_completed', 1);
    if (completedOn !== null) {
      addDay(courseId, completedOn, 'courses_completed', 1);
      add(`week ${courseId} ${mondayOf(completedOn)} courses_completed`, 1);
    }
    const took = completedOn === null ? -1 : Math.max(0, completedOn - enrolledOn);
    add(`cohort ${courseId} ${mondayOf(enrolledOn)} ${took}`, 1);
  }
  for (const { courseId, at } of model.certificates.filter(isKept)) {
    addDay(courseId, day(at), 'certificates', 1);
    add(`course ${courseId} certificates`, 1);
  }
  return figures;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
