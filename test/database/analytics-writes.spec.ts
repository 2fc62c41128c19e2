import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProgressChange } from '../../src/modules/user-progress/changes/progress-change.js';
import { objectId, userId } from '../builders/ids.ts';
import { ObservedLearning } from '../support/analytics/observed-learning.ts';
import { recount } from '../support/analytics/recount.ts';
import { storedFigures } from '../support/analytics/stored-figures.ts';
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

function bordersOf(timeZone: string, now: number): number[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' },
  });
  const aheadOf = (at: number) => Date.parse(`${format.format(at).replace(', ', 'T')}Z`) - at;
  const first = Math.floor((now - 350 * DAY_MS) / QUARTER_MS) * QUARTER_MS;
  const changes: number[] = [];
  for (let at = first; at + DAY_MS < now; at += DAY_MS) {
    if (aheadOf(at) === aheadOf(at + DAY_MS)) continue;
    const midnight = Math.floor((at + aheadOf(at)) / DAY_MS) * DAY_MS - aheadOf(at);
    changes.push(midnight, midnight + DAY_MS, midnight + 2 * DAY_MS);
  }
  const today = Math.floor((now + aheadOf(now)) / DAY_MS) * DAY_MS - aheadOf(now);
  return [today, today - 7 * DAY_MS, today - 30 * DAY_MS, ...changes];
}

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

const KINDS = ['create', 'set', 'add', 'complete', 'reopen', 'delete', 'keyedAdd'] as const;
/** Several lives of a record at once: in one batch, if the queue is busy. */
const CHURN = ['reopen', 'delete', 'create', 'complete', 'delete'] as const;

const commands = (zone: string) =>
  fc.record({
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant('beats' as const) },
      { weight: 2, arbitrary: fc.constant('add' as const) },
      { weight: 1, arbitrary: fc.constant('churn' as const) },
      { weight: 5, arbitrary: fc.constantFrom(...KINDS) },
    ),
    learner: fc.nat(1),
    lesson: fc.nat(3),
    seconds: fc.integer({ min: 0, max: 30 }),
    beats: fc.array(fc.record({ from: fc.nat(30), length: fc.nat(30), at: times(zone) }), {
      ...{ minLength: 1, maxLength: 3 },
    }),
  });
type Kind = (typeof KINDS)[number] | 'beats';
type Command = ReturnType<typeof commands> extends fc.Arbitrary<infer Value> ? Value : never;

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

/** Learners, courses and lessons that nobody had before. */
class World {
  readonly learners = [userId(), userId()];
  readonly courses = [objectId(), objectId()];
  readonly lessons = [objectId(), objectId(), objectId(), objectId()];
  homes = [0, 0, 1, 1];
  readonly learning = new ObservedLearning(stage.pool);
  private numbers = 0;

  private changeOf({ kind, ...command }: Command & { kind: Kind }): ProgressChange {
    const lessonId = this.lessons[command.lesson]!;
    const key = { userId: this.learners[command.learner]!, lessonId };
    const courseId = this.courses[this.homes[command.lesson]!]!;
    const { seconds } = command;
    this.numbers += 1;
    switch (kind) {
      case 'create':
        return {
          ...{ kind, ...key, courseId, completed: seconds > 20 },
          ...{ watchTimeSeconds: seconds, durationSeconds: 30 },
        };
      case 'set':
        return {
          kind,
          ...key,
          watchTimeSeconds: seconds,
          ...(seconds > 25 && { completed: true }),
        };
      case 'complete':
      case 'reopen':
        return { kind: 'set', ...key, completed: kind === 'complete' };
      case 'add':
        return { kind: 'addWatchTime', ...key, seconds: seconds + 1 };
      case 'keyedAdd':
        return {
          ...{ kind: 'addWatchTime', ...key, seconds: seconds + 1 },
          idempotencyKey: `${this.numbers}`,
        };
      case 'delete':
        return { kind, ...key, id: this.learning.idOf(key.userId, lessonId) ?? '' };
      case 'beats':
        return {
          ...{ kind: 'recordWatch', ...key, courseId, sessionId: `session${this.numbers}` },
          ...{ create: { durationSeconds: 30 }, elsewhere: { lostBy: null } },
          beats: command.beats.map(({ from, length, at }, seq) => ({
            ...{ seq, from, to: from + length, rate: 1, at: new Date(at) },
          })),
        };
    }
  }

  async offer(homes: number[]): Promise<void> {
    this.homes = homes;
    for (const [course, courseId] of this.courses.entries()) {
      const lessons = this.lessons.filter((_, lesson) => homes[lesson] === course);
      await stage.offer(
        courseId,
        lessons.map((lessonId) => ({ lessonId, durationSeconds: 30 })),
        new Date(),
      );
    }
  }

  async changeStructure(homes: number[]): Promise<void> {
    await this.offer(homes);
    await stage.evaluate();
    await this.learning.read();
  }

  /** Sends all at once, each record's changes to one process. */
  async send(sent: readonly Command[], parity: number): Promise<void> {
    const changes = sent.flatMap((command) => {
      const kinds = command.kind === 'churn' ? CHURN : [command.kind];
      const process = (command.lesson + parity) % 2;
      return kinds.map((kind) => ({ process, change: this.changeOf({ ...command, kind }) }));
    });
    const outcomes = await Promise.all(
      changes.map(({ process, change }) => stage.submit(process, change)),
    );
    outcomes.forEach((outcome, index) => {
      if (outcome) this.learning.note(changes[index]!.change, outcome);
    });
  }

  async erase(learner: number): Promise<void> {
    const erased = this.learners[learner]!;
    this.learning.erased.add(erased);
    await stage.erase(erased);
  }
}

it('folds whatever two processes write, while folders die, to what the tables say when counted anew', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ timeZone, sinceDaysAgo, rounds }) => {
      const quarter = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS;
      const since = new Date(quarter - sinceDaysAgo * DAY_MS);
      await stage.begin(timeZone, since);
      const world = new World();
      await world.offer(world.homes);
      for (const [parity, round] of rounds.entries()) {
        if (round.structure) await world.changeStructure(round.structure);
        await Promise.all([
          world.send(round.commands, parity),
          ...(round.erased === null ? [] : [world.erase(round.erased)]),
          stage.foldAndDie(0, round.folded),
          stage.fold(1, round.folded),
        ]);
        if (round.certified === null) continue;
        for (const courseId of world.courses) {
          await stage.confirmCertificate(world.learners[round.certified]!, courseId);
        }
      }
      // What was written by those who had not seen the tombstone is erased later.
      for (const erased of world.learning.erased) await stage.erase(erased);
      await stage.foldAll();
      await world.learning.read();
      expect(await storedFigures(stage.pool)).toEqual(recount(world.learning, timeZone, since));
    }),
    // On a busy machine, fewer runs have to do.
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 200), interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);
