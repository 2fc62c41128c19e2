import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyticsMoves, type Activity, type AnalysedRecord } from './analytics-move.js';
import type { LessonMove } from './move.js';

const at = (text: string): Date => new Date(`2026-03-01T${text}Z`);
const NOW = at('12:00:00');
const QUARTER = NOW.getTime() / 900_000;

const record = (given: Partial<AnalysedRecord> = {}): AnalysedRecord => ({
  userId: 'learner',
  courseId: 'course',
  lessonId: 'lesson',
  completed: false,
  completedAt: null,
  watchTimeSeconds: 0,
  uniqueSeconds: 0,
  rewatchedSeconds: 0,
  watched: '{}',
  watchedAgain: '{}',
  createdAt: at('08:00:00'),
  deletedAt: null,
  ...given,
});
const watched = (time: string, seconds: number): Activity => ({
  ...{ courseId: 'course', at: at(time), seconds },
});
const MOVE = { k: 'l', u: 'learner', c: 'course', l: 'lesson' };
const movesOf = (
  before: AnalysedRecord | null,
  after: AnalysedRecord,
  activity: Activity[] = [],
): LessonMove[] => analyticsMoves(before, after, activity, NOW);

describe('a move', () => {
  it('of a usual beat says which second falls, which one rises, and what was credited', () => {
    const before = record({ watchTimeSeconds: 10, uniqueSeconds: 10, watched: '{[0,10)}' });
    const after = record({ watchTimeSeconds: 20, uniqueSeconds: 20, watched: '{[0,20)}' });
    expect(movesOf(before, after, [watched('12:00:00', 10)])).toEqual([
      { ...MOVE, t: QUARTER, w: 10, q: 10, up: [10], dn: [20], p: 10, a: 1 },
    ]);
  });

  it('counts each quarter of an hour by itself, so that a late beat comes to its own day', () => {
    const after = record({ watchTimeSeconds: 30 });
    const activity = [watched('11:44:59', 20), watched('11:45:00', 10)];
    expect(movesOf(null, after, activity)).toEqual([
      { ...MOVE, t: QUARTER - 2, s: 1, w: 30, p: 20, a: 900 },
      { ...MOVE, t: QUARTER - 1, p: 10, a: 1 },
    ]);
  });

  it('takes a completion back from its own day when the lesson is reopened, and not when it is deleted', () => {
    const done = record({ completed: true, completedAt: at('10:00:00') });
    expect(movesOf(done, record())).toEqual([
      { ...MOVE, t: QUARTER, f: -1 },
      { ...MOVE, t: QUARTER - 8, d: -1 },
    ]);
    expect(movesOf(done, { ...done, deletedAt: NOW })).toEqual([
      { ...MOVE, t: QUARTER, s: -1, f: -1 },
    ]);
  });

  it('takes a record out of the course that it leaves, with its completion', () => {
    const done = record({ completed: true, completedAt: at('10:00:00'), watched: '{[0,5)}' });
    expect(movesOf(done, { ...done, courseId: 'other' })).toEqual([
      { ...MOVE, t: QUARTER, s: -1, f: -1, up: [5], dn: [0] },
      { ...MOVE, c: 'other', t: QUARTER, s: 1, f: 1, up: [0], dn: [5] },
      { ...MOVE, t: QUARTER - 8, d: -1 },
      { ...MOVE, c: 'other', t: QUARTER - 8, d: 1 },
    ]);
  });

  it('of a record that moved leaves what was watched in the course where it was watched', () => {
    expect(
      movesOf(record(), record({ courseId: 'other' }), [watched('12:00:00', 10)]),
    ).toMatchObject([
      { c: 'course', s: -1, p: 10, a: 1 },
      { c: 'other', s: 1 },
    ]);
  });

  it('is not there where only the position changed', () => {
    expect(movesOf(record(), record())).toEqual([]);
  });
});

/** What one commit may leave of the record. */
const states = fc.record({
  courseId: fc.constantFrom('one', 'two'),
  completedHoursAgo: fc.option(fc.integer({ min: 0, max: 200 })),
  watchTimeSeconds: fc.nat(100),
  uniqueSeconds: fc.nat(100),
  rewatchedSeconds: fc.nat(100),
  watched: ranges(),
  watchedAgain: ranges(),
  lifetime: fc.nat(3),
  isDeleted: fc.boolean(),
});
const histories = fc.array(states, { minLength: 1, maxLength: 12 });

function ranges(): fc.Arbitrary<string> {
  return fc.uniqueArray(fc.nat(30), { maxLength: 6 }).map((seconds) => {
    const sorted = seconds.toSorted((one, other) => one - other);
    const stretches = [];
    for (let index = 0; index + 1 < sorted.length; index += 2) {
      stretches.push(`[${sorted[index]},${sorted[index + 1]})`);
    }
    return `{${stretches.join(',')}}`;
  });
}

function recordOf(state: typeof states extends fc.Arbitrary<infer State> ? State : never) {
  const { completedHoursAgo, lifetime, isDeleted, ...sums } = state;
  const completed = completedHoursAgo !== null;
  return record({
    ...sums,
    completed,
    completedAt: completed ? new Date(NOW.getTime() - completedHoursAgo * 3_600_000) : null,
    createdAt: at(`0${lifetime}:00:00`),
    deletedAt: isDeleted ? NOW : null,
  });
}

type Figures = Map<string, number>;

function add(figures: Figures, name: string, value: number): void {
  const sum = (figures.get(name) ?? 0) + value;
  if (sum === 0) figures.delete(name);
  else figures.set(name, sum);
}

function summed(moves: readonly LessonMove[]): Figures {
  const figures: Figures = new Map();
  for (const { c, t, s = 0, f = 0, w = 0, q = 0, r = 0, d = 0, ...move } of moves) {
    for (const [name, value] of Object.entries({ s, f, w, q, r }))
      add(figures, `${c} ${name}`, value);
    add(figures, `${c} day ${t}`, d);
    for (const second of move.up ?? []) add(figures, `${c} seen ${second}`, 1);
    for (const second of move.dn ?? []) add(figures, `${c} seen ${second}`, -1);
    for (const second of move.au ?? []) add(figures, `${c} again ${second}`, 1);
    for (const second of move.ad ?? []) add(figures, `${c} again ${second}`, -1);
  }
  return figures;
}

/** Counts the lesson from its record, and the days from what each lifetime of the record last was. */
function recounted(committed: readonly AnalysedRecord[]): Figures {
  const figures: Figures = new Map();
  const now = committed.at(-1)!;
  if (now.deletedAt === null) {
    add(figures, `${now.courseId} s`, 1);
    add(figures, `${now.courseId} f`, Number(now.completed));
    add(figures, `${now.courseId} w`, now.watchTimeSeconds);
    add(figures, `${now.courseId} q`, now.uniqueSeconds);
    add(figures, `${now.courseId} r`, now.rewatchedSeconds);
    for (const [name, held] of [
      ['seen', now.watched],
      ['again', now.watchedAgain],
    ] as const) {
      for (const [, from, to] of held.matchAll(/\[(\d+),(\d+)\)/g)) {
        add(figures, `${now.courseId} ${name} ${from}`, 1);
        add(figures, `${now.courseId} ${name} ${to}`, -1);
      }
    }
  }
  let lived: AnalysedRecord | null = null;
  const dayOf = ({ courseId, completedAt }: AnalysedRecord) => {
    if (completedAt)
      add(figures, `${courseId} day ${Math.floor(completedAt.getTime() / 900_000)}`, 1);
  };
  for (const each of committed) {
    const isOther =
      each.deletedAt !== null || lived?.createdAt.getTime() !== each.createdAt.getTime();
    if (lived && isOther) dayOf(lived);
    lived = each.deletedAt === null ? each : null;
  }
  if (lived) dayOf(lived);
  return figures;
}

describe('the moves of any history', () => {
  it('add up to what counting its records anew gives', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const committed = history.map(recordOf);
        const moves = committed.flatMap((after, index) =>
          movesOf(committed[index - 1] ?? null, after),
        );
        expect(summed(moves)).toEqual(recounted(committed));
      }),
      { numRuns: 2_000 },
    );
  });

  it('add up to all that was credited, each second to its own quarter of an hour', () => {
    const activities = fc.array(fc.record({ secondsAgo: fc.nat(90_000), seconds: fc.nat(60) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(activities, (credited) => {
        const activity = credited.map(({ secondsAgo, seconds }) => ({
          courseId: 'course',
          at: new Date(NOW.getTime() - secondsAgo * 1_000),
          seconds,
        }));
        const byQuarter = new Map<number, Activity[]>();
        for (const one of activity) {
          const t = Math.floor(one.at.getTime() / 900_000);
          byQuarter.set(t, [...(byQuarter.get(t) ?? []), one]);
        }
        const expected = [...byQuarter].map(([t, those]) => ({
          t,
          p: those.reduce((sum, { seconds }) => sum + seconds, 0),
          last: Math.max(...those.map((one) => one.at.getTime())),
        }));
        const byTime = (one: { t: number }, other: { t: number }) => one.t - other.t;
        const moved = movesOf(record(), record(), activity).map(({ t, p = 0, a }) => ({
          t,
          p,
          last: (t * 900 + a! - 1) * 1_000,
        }));
        expect(moved.toSorted(byTime)).toEqual(expected.toSorted(byTime));
      }),
    );
  });
});
