import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FoldJournalFacade } from '../../src/modules/analytics/folding/fold-journal.facade.js';
import { FoldingProxy } from '../../src/modules/analytics/folding/proxy/folding.proxy.js';
import { foldJournal } from '../../src/modules/analytics/folding/proxy/sql/fold-journal.js';
import { foldingModules } from '../support/analytics/folding-modules.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let modules: TestingModule;
beforeAll(async () => {
  database = await createTestDatabase();
  modules = await foldingModules(database);
  await modules.get(FoldingProxy).begin();
  // How well rows are compressed is not what is tested.
  await database.pool.query(
    'ALTER TABLE analytics_journal ALTER COLUMN moves SET STORAGE EXTERNAL',
  );
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});

/** Rows of so many moves each, of 85 bytes. */
const journal = (rows: number, moves: number) =>
  database.pool.query(
    `INSERT INTO analytics_journal (user_id, moves)
     SELECT 'user', (SELECT json_agg(json_build_object('u', left(md5(n::text), 26), 'c', 'course', 'l', 'lesson', 't', 1, 'w', 1))
                     FROM generate_series(1, $2::int) n)
     FROM generate_series(1, $1::int)`,
    [rows, moves],
  );

it('a fold of large rows ends before its limit of rows, and the next ones take the rest', async () => {
  await journal(5, 1_700);
  const facade = modules.get(FoldJournalFacade);
  const folds = [];
  do folds.push(await facade.fold(4_000));
  while (folds.at(-1)!.isFull);
  expect(folds.map(({ rows }) => rows)).toEqual([2, 2, 1]);
  const { rows } = await database.pool.query('SELECT watch_seconds::int FROM analytics_lesson');
  expect(rows).toEqual([{ watch_seconds: 8_500 }]);
});

it('a row that is larger than a fold may be is folded, alone', async () => {
  await journal(1, 4_000);
  await journal(1, 1);
  const facade = modules.get(FoldJournalFacade);
  await expect(facade.fold(4_000)).resolves.toEqual({ rows: 1, moves: 4_000, isFull: true });
  await expect(facade.fold(4_000)).resolves.toEqual({ rows: 1, moves: 1, isFull: false });
});

interface Plan {
  'Node Type': string;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** A list that is read again for each row of another: the first moves after midnight took twice as long by that. */
it('a fold compares no two lists of moves row by row', async () => {
  const client = await database.pool.connect();
  await client.query(
    `SET plan_cache_mode = force_generic_plan; PREPARE fold AS ${foldJournal.text}`,
  );
  const { rows } = await client.query(`EXPLAIN (FORMAT json) EXECUTE fold (4000, 'UTC', 0)`);
  client.release(true);
  const loops = nodes(rows[0]['QUERY PLAN'][0].Plan as Plan).filter(
    (node) => node['Node Type'] === 'Nested Loop',
  );
  expect(loops.length).toBeGreaterThan(0);
  for (const { Plans: [, inner] = [] } of loops) expect(inner!['Node Type']).not.toBe('CTE Scan');
});
