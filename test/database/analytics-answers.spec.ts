import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AnswerStage } from '../support/analytics/answer-stage.ts';
import { learnAndAsk } from '../support/analytics/learn-and-ask.ts';
import { learnedIn } from '../support/analytics/learned.ts';

let stage: AnswerStage;
beforeAll(async () => {
  stage = await AnswerStage.open();
});
afterAll(() => stage.close());

/** Fewer on a busy machine; as many as are asked for, however long it takes. */
const RUNS = process.env['ANALYTICS_RUNS'];

it(
  'answers every query as a recount of the tables does, whatever two processes write at the borders of days',
  async () => {
    await fc.assert(
      fc.asyncProperty(learnedIn(Date.now()), async (learned) => {
        for (const [query, { told, counted }] of Object.entries(
          await learnAndAsk(stage, learned),
        )) {
          expect(told, query).toEqual(counted);
        }
      }),
      RUNS ? { numRuns: Number(RUNS) } : { numRuns: 200, interruptAfterTimeLimit: 15_000 },
    );
  },
  RUNS ? Number(RUNS) * 5_000 + 60_000 : 60_000,
);
