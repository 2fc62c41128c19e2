import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LearningWorld } from '../support/analytics/learning-world.ts';
import { recount } from '../support/analytics/recount.ts';
import { storedFigures } from '../support/analytics/stored-figures.ts';
import { bordersOf } from '../support/analytics/time-borders.ts';
import { WriteStage } from '../support/analytics/write-stage.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
/** Their clocks change by an hour, by half of one, and never. */
const ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'];
/** Some days before now: near enough to meet in windows of 7 and 30 days, or just too far. */
const DAYS_AGO = [0, 0, 1, 6, 7, 8, 29, 30, 31, 38];

let stage: WriteStage;
beforeAll(async () => {
  // Few seconds complete a lesson, and two lessons a course, at whatever time of the year they were watched.
  stage = await WriteStage.open({ WATCH_MAX_AGE_HOURS: '8760', COMPLETE_AT_COVERAGE: '0.3' });
});
afterAll(() => stage.close());

/** The quarter of an hour that holds the last moment before the clocks there change, or any day's midnight. */
const BORDERS = new Map(ZONES.map((zone) => [zone, bordersOf(zone, Date.now())]));

const times = (zone: string): fc.Arbitrary<number> =>
  fc.oneof(
    fc
      .record({
        border: fc.constantFrom(...BORDERS.get(zone)!),
        seconds: fc.constantFrom(-3_601, -1, 0, 1, 1_800, 3_599, 3_600),
      })
      .map(({ border, seconds }) => border + seconds * 1_000),
    fc
      .record({ daysAgo: fc.constantFrom(...DAYS_AGO), seconds: fc.nat(80_000) })
      .map(({ daysAgo, seconds }) => Date.now() - daysAgo * DAY_MS - seconds * 1_000),
    fc.constant(Date.now() + 20_000),
  );

const commands = (zone: string) =>
  fc.record({
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant('beats' as const) },
      { weight: 2, arbitrary: fc.constant('add' as const) },
      { weight: 1, arbitrary: fc.constant('churn' as const) },
      { weight: 5, arbitrary: fc.constantFrom(...LearningWorld.KINDS) },
    ),
    learner: fc.nat(1),
    lesson: fc.nat(3),
    seconds: fc.integer({ min: 0, max: 30 }),
    beats: fc.array(fc.record({ from: fc.nat(30), length: fc.nat(30), at: times(zone) }), {
      ...{ minLength: 1, maxLength: 3 },
    }),
  });

/** Null in all other cases. */
const oneIn = <Value>(many: number, arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: many - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const rounds = (zone: string) =>
  fc.record({
    commands: fc.array(commands(zone), { minLength: 2, maxLength: 10, size: 'max' }),
    /** Which course each lesson moves to, before the commands of the round are sent. */
    structure: oneIn(14, fc.array(fc.nat(1), { minLength: 4, maxLength: 4 })),
    erased: oneIn(14, fc.nat(1)),
    certified: oneIn(3, fc.nat(1)),
    /** Rows that the folders take beside that. */
    folded: fc.constantFrom(1, 3, 50),
  });
const runs = fc.constantFrom(...ZONES).chain((timeZone) =>
  fc.record({
    timeZone: fc.constant(timeZone),
    sinceDaysAgo: fc.constantFrom(0, 3, 400),
    rounds: fc.array(rounds(timeZone), { minLength: 1, maxLength: 5, size: 'max' }),
  }),
);

it('folds whatever two processes write, while folders die, to what the tables say when counted anew', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ timeZone, sinceDaysAgo, rounds }) => {
      const quarter = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS;
      const since = new Date(quarter - sinceDaysAgo * DAY_MS);
      await stage.begin(timeZone, since);
      const durations = [30, 30, 30, 30];
      const world = new LearningWorld(stage, { learners: 2, homes: [0, 0, 1, 1], durations });
      await world.offer(new Date());
      for (const [parity, round] of rounds.entries()) {
        if (round.structure) {
          await world.changeStructure({ homes: round.structure, durations, at: new Date() });
        }
        await Promise.all([
          world.send(round.commands, parity),
          ...(round.erased === null ? [] : [world.erase(round.erased)]),
          stage.foldAndDie(0, round.folded),
          stage.fold(1, round.folded),
        ]);
        if (round.certified !== null) await world.certify(round.certified);
      }
      await world.settle();
      expect(await storedFigures(stage.pool)).toEqual(recount(world.learning, timeZone, since));
    }),
    // On a busy machine, fewer runs have to do.
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 200), interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);
