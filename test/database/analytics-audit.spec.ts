import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LessonMove, Move } from '../../src/modules/analytics/journal/move.js';
import { AuditStage } from '../support/analytics/audit-stage.ts';
import type { LearningDatabase } from '../support/analytics/learning-database.ts';
import type { Step } from '../support/analytics/learning-model.ts';
import { BEGIN, steps, ZONES } from '../support/analytics/learning-steps.ts';
import { recount } from '../support/analytics/recount.ts';

let stage: AuditStage;
beforeAll(async () => {
  stage = await AuditStage.start();
});
afterAll(() => stage.close());

const changes = async () =>
  (await stage.query('SELECT changes FROM analytics_state')).rows[0].changes;

it('finds nothing in what is written and folded, however much waits in the journal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.constantFrom(0, 10),
      fc.array(fc.tuple(steps, fc.nat(3)), { minLength: 1, maxLength: 40, size: 'max' }),
      async (timeZone, sinceDays, run) => {
        const learning = await stage.begin({
          timeZone,
          since: new Date(BEGIN + sinceDays * 86_400_000),
        });
        for (const [step, folded] of run) {
          await learning.apply(step);
          if (folded === 0) await stage.folder.fold(2);
        }
        expect(await stage.differences()).toEqual([]);
        await stage.foldAll();
        expect(await stage.differences()).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 8), endOnFailure: true },
  );
}, 60_000);

it('rebuilds whatever is there, while changes wait to be folded, to what a recount gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.array(fc.tuple(steps, fc.nat(3)), { minLength: 5, maxLength: 30, size: 'max' }),
      async (timeZone, run) => {
        const since = new Date(BEGIN);
        const learning = await stage.begin({ timeZone, since });
        for (const [step, folded] of run) {
          await learning.apply(step);
          if (folded === 0) await stage.folder.fold(3);
        }
        await stage.query(`
          UPDATE analytics_lesson SET learners = learners + 1;
          DELETE FROM analytics_second WHERE second < 10;
          INSERT INTO analytics_second SELECT 'nowhere', 'nothing', 5, 1, 0;
          DELETE FROM analytics_learner WHERE user_id = 'user 1';
          UPDATE analytics_silence SET learners = 9;
          DELETE FROM analytics_cohort;
          UPDATE analytics_course SET learners = 7;
          DELETE FROM analytics_open_lesson;
          INSERT INTO analytics_week SELECT 'nowhere', '2026-01-05', 1, 2, 3, 4;
          UPDATE analytics_quarter SET watch_seconds = 5;
          UPDATE analytics_day SET enrolled = 4, certificates = 2, active = 1, wau_edge = 1, watch_seconds = 1;`);
        const before = await changes();
        await stage.rebuild();
        expect(await changes()).not.toBe(before);
        expect(stage.foldedMeanwhile, 'rows folded while a portion is rebuilt').toBe(0);
        expect(await stage.differences()).toEqual([]);
        await stage.foldAll();
        expect(await stage.differences()).toEqual([]);
        expect(await stage.figures()).toEqual(recount(learning.model, timeZone, since));
      },
    ),
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 8), endOnFailure: true },
  );
}, 60_000);

describe('a build that is broken', () => {
  const DAY_MS = 86_400_000;
  /** A minute past midnight, some weeks ago. */
  const MIDNIGHT = Math.floor(Date.now() / DAY_MS - 20) * DAY_MS + 60_000;
  let learning: LearningDatabase;

  const step = (kind: Step['kind'], at: number, given: Partial<Step> = {}): Step => ({
    ...{ kind, at: new Date(at), user: 1, lesson: 0, lateSeconds: 0, seconds: 10 },
    ...{ watched: '{[0,10)}', watchedAgain: '{}' },
    ...given,
  });
  const watched = (given: Partial<Step> = {}) => step('watch', MIDNIGHT, given);

  const ofLessons = (change: (move: LessonMove) => LessonMove) => (moves: Move[]) =>
    moves.map((move) => (move.k === 'l' ? change(move) : move));

  /** What is found; rebuilding mends it. */
  async function found(): Promise<string[]> {
    await stage.foldAll();
    const lines = await stage.differences();
    await stage.rebuild();
    expect(await stage.differences()).toEqual([]);
    return lines;
  }

  it.each<[string, () => Promise<void>, RegExp]>([
    [
      'loses a row of the journal',
      () => learning.apply(watched({ user: 2 }), () => []),
      /^analytics_lesson course 0 lesson 0: learners is 1, should be 2; watch_seconds is 10, should be 20/m,
    ],
    [
      'folds a row twice',
      () => learning.apply(watched({ user: 2 }), (moves) => [...moves, ...moves]),
      /^analytics_learner user 2 course 0: joined is 2, should be 1$/m,
    ],
    [
      'leaves an erased learner in the figures',
      () => learning.apply(step('erase', MIDNIGHT), (moves) => moves.filter(({ k }) => k !== 'e')),
      /^learner_day user 1 \S+ course 0: seconds is 10, should be 0.*\nanalytics_learner user 1 course 0: joined is 1, should be 0/m,
    ],
    [
      'begins its days an hour late',
      () =>
        learning.apply(watched({ user: 2 }), (moves) =>
          moves.map((move) =>
            move.k === 'c'
              ? { ...move, e: move.e - 4 }
              : { ...move, t: (move as LessonMove).t - 4 },
          ),
        ),
      /^analytics_learner user 2 course 0: enrolled_on is \S+, should be \S+$/m,
    ],
    [
      'begins the days of completed lessons an hour late',
      () =>
        learning.apply(
          step('complete', MIDNIGHT),
          ofLessons((move) => ({ ...move, t: move.t - 4 })),
        ),
      /^learner_day user 1 \S+ course 0: lessons_completed is 0, should be 1$/m,
    ],
    [
      'takes a revived record for the old one',
      async () => {
        await learning.apply(step('delete', MIDNIGHT));
        await learning.apply(
          watched(),
          ofLessons(({ s: _, ...move }) => move),
        );
      },
      /^analytics_lesson course 0 lesson 0: learners is 0, should be 1$/m,
    ],
    [
      'counts what is seen again as seen',
      () =>
        learning.apply(
          watched({ watchedAgain: '{[2,5)}' }),
          ofLessons(({ au = [], ad = [], ...move }) => ({ ...move, up: au, dn: ad })),
        ),
      /^analytics_second course 0 lesson 0 2: seen is 1, should be 0; again is 0, should be 1$/m,
    ],
    [
      'forgets a certificate',
      () =>
        learning.apply(step('finishCourse', MIDNIGHT), (moves) =>
          moves.filter(({ k }) => k !== 'i'),
        ),
      /^analytics_day course 0 \S+: certificates is 0, should be 1$/m,
    ],
    [
      'counts an active learner twice',
      async () => {
        await stage.foldAll();
        await stage.query(`UPDATE analytics_day SET active = 2, mau_edge = 2 WHERE active = 1`);
      },
      /^analytics_day '' \S+: active is 2, should be 1$/m,
    ],
  ])('is found: one that %s', async (_what, breakIt, line) => {
    learning = await stage.begin({ timeZone: 'UTC', since: new Date(MIDNIGHT - 30 * DAY_MS) });
    await learning.apply(watched());
    expect(await found()).toEqual([]);
    await breakIt();
    expect((await found()).join('\n')).toMatch(line);
  });
});
