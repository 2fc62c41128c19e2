import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AnswerStage } from '../support/analytics/answer-stage.ts';
import { bring } from '../support/analytics/controls/break-on-purpose.ts';
import { breakStatements } from '../support/analytics/controls/break-statements.ts';
import { BREAKS } from '../support/analytics/controls/breaks.ts';
import { learnAndAsk } from '../support/analytics/learn-and-ask.ts';
import { learnedIn } from '../support/analytics/learned.ts';

// `npm run analytics:controls`: the comparison of answers with a recount must find each build that is broken on purpose.

let stage: AnswerStage;
beforeAll(async () => {
  stage = await AnswerStage.open();
}, 300_000);
afterEach(() => bring(null));
afterAll(() => stage.close());

/** The first query that answers something else than a recount gives. */
async function differing(learned: Parameters<typeof learnAndAsk>[1]): Promise<string | null> {
  for (const [query, { told, counted }] of Object.entries(await learnAndAsk(stage, learned))) {
    try {
      expect(told).toEqual(counted);
    } catch {
      return query;
    }
  }
  return null;
}

it.each(Object.keys(BREAKS))(
  'is found: %s',
  async (name) => {
    bring(name);
    breakStatements(name);
    const found: (string | null)[] = [];
    const { errorInstance } = await fc.check(
      fc.asyncProperty(learnedIn(Date.now()), async (learned) => {
        found.push(await differing(learned));
        return found.at(-1) === null;
      }),
      { numRuns: 600, endOnFailure: true },
    );
    if (!found.at(-1) && errorInstance) throw errorInstance as Error;
    const query = found.at(-1) ?? 'nothing';
    process.stdout.write(`${name}: ${query} differs in run ${found.length}\n`);
    expect(query).not.toBe('nothing');
  },
  1_200_000,
);
