import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WITH_PAST } from '../../../sandbox/history/catalogue.ts';
import type { TestDatabase } from '../../support/database.ts';
import { signToken } from '../../support/tokens.ts';
import { launchBrowser } from '../harness/browser.ts';
import { startBuiltService, type BuiltService } from './built-service.ts';
import { loadPage, type Load } from './load-page.ts';
import { PAGES } from './pages.ts';
import { databaseWithWholePast } from './past/whole-past.ts';
import { PATH } from './stage.ts';

/** Medians of so many loads, each with an empty cache. */
const LOADS = 5;
/** Milliseconds from the address to the first text, and to the last panel. */
const TARGETS = { painted: 300, complete: 1_000 };

let database: TestDatabase;
let service: BuiltService;
let browser: Browser;
const rows: Record<string, Load> = {};

beforeAll(async () => {
  database = await databaseWithWholePast();
  service = await startBuiltService(database, WITH_PAST);
  ({ browser } = await launchBrowser());
});
afterAll(async () => {
  process.stdout.write(tableOf(rows));
  await browser.close();
  await service.stop();
  await database.drop();
});

it.each(Object.entries(PAGES))('%s', async (name, [{ id, role }, path]) => {
  const token = await signToken({ sub: id, role });
  const load = () => loadPage(browser, `${service.origin}${PATH}${path}#token=${token}`);
  // Before: plans, caches and compiled code of the service, which is up for long where it is used.
  await load();
  const loads: Load[] = [];
  for (let time = 0; time < LOADS; time += 1) loads.push(await load());
  const median = (of: keyof Load) => loads.map((one) => one[of]).toSorted((a, b) => a - b)[2]!;
  const { painted, complete } = (rows[name] = {
    painted: median('painted'),
    complete: median('complete'),
    requests: median('requests'),
    rounds: median('rounds'),
    kilobytes: median('kilobytes'),
  });
  expect(painted).toBeLessThanOrEqual(TARGETS.painted);
  expect(complete).toBeLessThanOrEqual(TARGETS.complete);
});

/** One line a page; times in milliseconds. */
function tableOf(loads: Record<string, Load>): string {
  const columns: (keyof Load)[] = ['painted', 'complete', 'requests', 'rounds', 'kilobytes'];
  const line = (name: string, cells: unknown[]) =>
    `${name.padEnd(10)}${cells.map((cell) => String(cell).padStart(11)).join('')}\n`;
  const lines = Object.entries(loads).map(([name, load]) =>
    line(
      name,
      columns.map((column) => load[column]),
    ),
  );
  return ['\n', line('', columns), ...lines].join('');
}
