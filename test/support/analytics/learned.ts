import fc from 'fast-check';
import { LearningWorld } from './learning-world.ts';
import { bordersOf } from './time-borders.ts';
import { watchedCurve } from './watched-curve.ts';

const DAY_MS = 86_400_000;
/** Their clocks change by an hour, by half of one, and never. */
const ZONES = [
  ...['America/New_York', 'Europe/Berlin', 'Pacific/Apia', 'Australia/Lord_Howe'],
  ...['America/St_Johns', 'Asia/Kathmandu', 'UTC'],
];
const LEARNERS = 24;
/** Around the windows of 7, 14, 30 and 90 days. */
const DAYS_LATER = [0, 0, 1, 2, 6, 7, 8, 13, 14, 15, 29, 30, 31, 56, 89, 90, 91];
/** Around an hour, a day and the windows. */
const AGO_MS = [0, 1, 1_000, 1_800_000, 3_599_000, 3_600_000, 3_601_000].concat(
  [1, 2, 6, 7, 8, 29, 30].map((days) => days * DAY_MS),
);
/** Null: not known. */
const DURATIONS = [60, 40, 31, 30, null];

const later = (days: readonly number[]) =>
  fc
    .record({
      days: fc.constantFrom(...days),
      seconds: fc.constantFrom(-3_601, -1, 0, 0, 1, 3_600),
    })
    .map((by) => by.days * DAY_MS + (by.days === 0 ? Math.abs(by.seconds) : by.seconds) * 1_000);

const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => (first + n) % LEARNERS);

/** The lessons of a course, at the beginning. */
const pairs: fc.Arbitrary<readonly number[]> = fc.constantFrom([0, 1], [2, 3]);
const lessons: fc.Arbitrary<readonly number[]> = fc.oneof(
  ...[0, 1, 2, 3].map((lesson) => fc.constant([lesson])),
  ...[pairs, pairs],
);

/** One learner, or many of them. */
const learners = fc
  .record({
    first: fc.nat(LEARNERS - 1),
    count: fc.oneof(
      { weight: 5, arbitrary: fc.constant(1) },
      { weight: 3, arbitrary: fc.integer({ min: 2, max: 9 }) },
      { weight: 3, arbitrary: fc.constantFrom(19, 20, LEARNERS) },
    ),
  })
  .map(({ first, count }) => range(first, count));

const anything = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('beats' as const) },
    { weight: 1, arbitrary: fc.constant('churn' as const) },
    { weight: 4, arbitrary: fc.constantFrom(...LearningWorld.KINDS) },
  ),
  learners,
  lessons,
  seconds: fc.nat(30),
  beats: fc.array(
    fc.record({ from: fc.nat(50), length: fc.nat(30), ago: fc.constantFrom(...AGO_MS, -20_000) }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Many begin a course, and some complete it later: they take different numbers of days. */
const begin = fc.record({
  kind: fc.constant('beats' as const),
  learners: fc.constantFrom(19, 20, LEARNERS).map((count) => range(0, count)),
  lessons: pairs,
  seconds: fc.constant(0),
  // Of a lesson that becomes shorter it may have been enough.
  beats: fc.constantFrom(5, 12, 17).map((length) => [{ from: 0, length, ago: 0 }]),
});
const finish = fc.record({
  kind: fc.constant('complete' as const),
  learners: fc
    .record({ first: fc.nat(LEARNERS - 1), count: fc.integer({ min: 1, max: 9 }) })
    .map(({ first, count }) => range(first, count)),
  lessons: pairs,
  seconds: fc.constant(0),
  beats: fc.constant([]),
});
const commands = fc.oneof(
  { weight: 4, arbitrary: anything },
  { weight: 1, arbitrary: begin },
  { weight: 2, arbitrary: finish },
);

/** Null in all other cases. */
const oneIn = <Value>(many: number, arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: many - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const durations = fc.array(fc.constantFrom(...DURATIONS), { minLength: 4, maxLength: 4 });

const rounds = fc.record({
  later: later(DAYS_LATER),
  commands: fc.array(commands, { minLength: 1, maxLength: 4, size: 'max' }),
  /** Which course each lesson moves to, before the commands of the round are sent, and how long they are then. */
  structure: oneIn(
    8,
    fc.record({ homes: fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }), durations }),
  ),
  erased: oneIn(10, fc.nat(LEARNERS - 1)),
  certified: fc.oneof(fc.constant([]), learners),
  /** Rows that the folders take beside that. */
  folded: fc.constantFrom(1, 3, 50),
});

/** Whatever they like. */
const anythingIn = (now: number) =>
  fc.constantFrom(...ZONES).chain((timeZone) =>
    fc.record({
      timeZone: fc.constant(timeZone),
      begunAt: fc
        .record({
          border: fc.constantFrom(...bordersOf(timeZone, now)),
          seconds: fc.constantFrom(-3_601, -1, 0, 1, 1_800, 3_599, 3_600),
        })
        .map(({ border, seconds }) => border + seconds * 1_000),
      sinceDaysAgo: fc.constantFrom(0, 3, 400),
      learners: fc.constant(LEARNERS),
      homes: fc.constant([0, 0, 1, 1]),
      durations,
      rounds: fc.array(rounds, { minLength: 1, maxLength: 4, size: 'max' }),
      asked: fc.record({
        /** After which of the rounds. */
        round: fc.nat(3),
        later: later([0, 0, 1, 7, 13, 14, 15, 29, 30, 31, 90, 91]),
        course: fc.nat(1),
        lesson: fc.nat(3),
        learner: fc.nat(LEARNERS - 1),
        points: fc.constantFrom(1, 7, 20, 300),
        silentDays: fc.constantFrom(1, 7, 14, 30, 90),
        first: fc.constantFrom(1, 7, 20, 100),
        orderBy: fc.constantFrom('TITLE_ASC', 'LEARNERS_DESC', 'AT_RISK_DESC'),
        /** The period has one more. */
        days: fc.constantFrom(0, 1, 6, 29, 60),
        endsDaysAgo: fc.constantFrom(0, 0, 0, 1, 30),
      }),
    }),
  );

/** Many of them watch one lesson, of which the curve is asked for. */
export const curveIn = (now: number): fc.Arbitrary<Learned> =>
  fc
    .record({ learned: anythingIn(now), curve: watchedCurve(0), round: rounds })
    .map(({ learned, curve, round }) => ({
      ...learned,
      rounds: [{ ...round, structure: null, commands: curve }],
      asked: { ...learned.asked, course: 0, lesson: 0 },
    }));

/** Many begin a course at once, some complete it on the last day of their first or second week, and it is asked for later. */
export const courseIn = (now: number): fc.Arbitrary<Learned> =>
  fc
    .record({
      learned: anythingIn(now),
      begun: fc.record({ round: rounds, begin }),
      finished: fc.array(
        fc.record({ round: rounds, days: later([1, 6, 7, 8, 14]), finish, others: anything }),
        { minLength: 1, maxLength: 3, size: 'max' },
      ),
      asked: later([13, 14, 15, 29, 30]),
    })
    .map(({ learned, begun, finished, asked }) => ({
      ...learned,
      rounds: [
        { ...begun.round, later: 0, structure: null, erased: null, commands: [begun.begin] },
        ...finished.map(({ round, days, finish, others }) => ({
          ...{ ...round, later: days, structure: null },
          commands: [{ ...finish, lessons: begun.begin.lessons }, others],
        })),
      ],
      asked: {
        ...learned.asked,
        ...{ round: finished.length, later: asked, course: begun.begin.lessons[0]! < 2 ? 0 : 1 },
        ...{ days: 60 as const, endsDaysAgo: 0 as const },
      },
    }));

/** What learners do in two courses in the year before `now`, and what is asked then. */
export const learnedIn = (now: number): fc.Arbitrary<Learned> =>
  fc.oneof({ weight: 4, arbitrary: anythingIn(now) }, { weight: 1, arbitrary: curveIn(now) });

type Value<Type> = Type extends fc.Arbitrary<infer Inner> ? Inner : never;
export type Learned = Value<ReturnType<typeof anythingIn>>;
