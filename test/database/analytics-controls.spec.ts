import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AnswerStage } from '../support/analytics/answer-stage.ts';
import { bring } from '../support/analytics/controls/break-on-purpose.ts';
import { breakStatements } from '../support/analytics/controls/break-statements.ts';
import { BREAKS } from '../support/analytics/controls/breaks.ts';
import { differing } from '../support/analytics/controls/differing.ts';
import { FOUND_BY, isOf } from '../support/analytics/controls/found-by.ts';
import { learnAndAsk } from '../support/analytics/learn-and-ask.ts';
import { courseIn, curveIn, learnedIn, type Learned } from '../support/analytics/learned.ts';

/*
 * `npm run analytics:controls`: the comparison of answers with a recount must find each build that is broken on purpose,
 * by the figure that the break is about. A figure that it has nothing to do with must not differ.
 */

let stage: AnswerStage;
beforeAll(async () => {
  stage = await AnswerStage.open();
}, 300_000);
afterEach(() => bring(null));
afterAll(() => stage.close());

/** The figures whose answer is not what a recount gives. */
async function differingFigures(learned: Learned): Promise<string[]> {
  const answers = Object.entries(await learnAndAsk(stage, learned));
  return answers.flatMap(([query, { told, counted }]) => differing(query, told, counted));
}

it.each(Object.keys(BREAKS))(
  'is found: %s',
  async (name) => {
    bring(name);
    breakStatements(name);
    const [figure, ...beside] = FOUND_BY[name]!;
    const now = Date.now();
    const learned = fc.oneof(
      learnedIn(now),
      figure.startsWith('lesson') ? curveIn(now) : courseIn(now),
    );
    let runs = 0;
    let found: string[] = [];
    const { errorInstance } = await fc.check(
      fc.asyncProperty(learned, async (one) => {
        runs += 1;
        found = [...new Set(await differingFigures(one))];
        return !found.some((path) => isOf(figure, path) || !beside.some((of) => isOf(of, path)));
      }),
      { numRuns: 600, endOnFailure: true },
    );
    process.stdout.write(`${name}: ${found.join(', ') || 'nothing'} in run ${runs}\n`);
    // A build that cannot answer at all was not compared.
    if (found.length === 0 && errorInstance) throw errorInstance as Error;
    const others = found.filter((path) => ![figure, ...beside].some((of) => isOf(of, path)));
    expect(others, 'differ, though the break is about something else').toEqual([]);
    expect(
      found.some((path) => isOf(figure, path)),
      `${figure} differs`,
    ).toBe(true);
  },
  1_200_000,
);
