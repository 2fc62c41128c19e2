import type { TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Transactions } from '../../src/common/database/transactions.js';
import { FoldJournalFacade } from '../../src/modules/analytics/folding/fold-journal.facade.js';
import type { Move } from '../../src/modules/analytics/journal/move.js';
import { LearningModel } from '../support/analytics/learning-model.ts';
import { BEGIN, steps, ZONES } from '../support/analytics/learning-steps.ts';
import { recount } from '../support/analytics/recount.ts';
import { storedFigures } from '../support/analytics/stored-figures.ts';
import { foldingModules } from '../support/analytics/folding-modules.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const EMPTY = [
  ...[
    'analytics_journal',
    'analytics_state',
    'analytics_lesson',
    'analytics_second',
    'learner_day',
  ],
  ...[
    'analytics_learner',
    'analytics_silence',
    'analytics_day',
    'analytics_month',
    'analytics_cohort',
  ],
]
  .map((table) => `DELETE FROM ${table};`)
  .join(' ');
let database: TestDatabase;
let modules: TestingModule;
let folder: FoldJournalFacade;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await foldingModules(database);
  folder = modules.get(FoldJournalFacade);
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});

const begin = async (timeZone: string, since: Date) => {
  await database.pool.query(EMPTY);
  await database.pool.query(`INSERT INTO analytics_state (time_zone, since) VALUES ($1, $2)`, [
    timeZone,
    since,
  ]);
};
const journal = (rows: Move[][]) =>
  database.pool.query(
    `INSERT INTO analytics_journal (user_id, moves)
     SELECT 'user', moves FROM json_array_elements($1::json) WITH ORDINALITY AS j (moves, n) ORDER BY n`,
    [JSON.stringify(rows)],
  );

/** A folder that dies before its commit. */
const crash = (rows: number) =>
  modules
    .get(Transactions)
    .run(async () => {
      await folder.fold(rows);
      throw new Error('killed');
    })
    .catch(() => undefined);

async function foldAll(rows: number): Promise<void> {
  while ((await folder.fold(rows)).rows > 0);
}

const runs = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  since: fc.constantFrom(0, 0, 10, 20).map((days) => new Date(BEGIN + days * 86_400_000)),
  steps: fc.array(steps, { minLength: 1, maxLength: 60, size: 'max' }),
  /** How many steps share a transaction. */
  batch: fc.integer({ min: 1, max: 5 }),
  /** Rows that a folder takes at once. */
  rows: fc.constantFrom(2, 5, 12),
  portions: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

/**
 * The moves in rows of any order, as transactions commit: each batch in two rows. Those with an erasure are whole, and
 * come last in their own order: behind everything of their learner.
 */
function inAnyOrder(batches: Move[][], seed: number): Move[][] {
  const isErasure = (row: Move[]) => row.some(({ k }) => k === 'e');
  const halves = (row: Move[]) =>
    [0, 1].map((half) => row.filter((_, index) => index % 2 === half));
  const shuffled = batches
    .filter((row) => !isErasure(row))
    .flatMap(halves)
    .map((row, index) => ({ row, place: Math.sin(seed + index * 7.77) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ row }) => row);
  return [...shuffled, ...batches.filter(isErasure)];
}

it('folds any history, by several folders that may die, to what a recount of it gives', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ timeZone, since, batch, rows, portions, seed, ...run }) => {
      await begin(timeZone, since);
      const model = new LearningModel();
      const moves = run.steps.map((step) => model.apply(step));
      const batches = Array.from({ length: Math.ceil(moves.length / batch) }, (_, index) =>
        moves.slice(index * batch, (index + 1) * batch).flat(),
      );
      const journalled = inAnyOrder(batches, seed);
      const size = Math.ceil(journalled.length / portions);
      for (let from = 0; from < journalled.length; from += size) {
        await journal(journalled.slice(from, from + size));
        await Promise.all([folder.fold(rows), crash(rows), folder.fold(2 * rows)]);
      }
      await Promise.all([foldAll(rows), foldAll(rows)]);
      await foldAll(rows);
      expect(await storedFigures(database.pool)).toEqual(recount(model, timeZone, since));
    }),
    // On a busy machine, fewer runs have to do.
    { numRuns: Number(process.env['ANALYTICS_RUNS'] ?? 25), interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);
