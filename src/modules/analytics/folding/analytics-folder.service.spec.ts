import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type {
  BackgroundJobs,
  TaskOptions,
} from '../../../common/background/background-jobs.service.js';
import { AnalyticsFolder } from './analytics-folder.service.js';
import type { FoldJournalFacade } from './fold-journal.facade.js';
import type { FoldingProxy } from './proxy/folding.proxy.js';

const FOLD_MS = 60;
const SLOW_MS = 40;
/** A timer may fire a moment early. */
const EARLY_MS = 2;

/** The folder of a journal that never ends, on a database that takes so long for a small statement, and for each fold. */
function folder({ answersMs = () => 0, foldsMs = () => FOLD_MS, isFull = true }) {
  let task: TaskOptions | undefined;
  const asked: number[] = [];
  const background = { task: (options: TaskOptions) => (task = options) };
  const facade = {
    async fold(rows: number) {
      asked.push(rows);
      await sleep(foldsMs());
      return { rows, moves: rows, isFull };
    },
  };
  new AnalyticsFolder(
    background as unknown as BackgroundJobs,
    facade as unknown as FoldJournalFacade,
    { oldestSeconds: () => sleep(answersMs(), 1) } as unknown as FoldingProxy,
  );
  const run = async (signal = new AbortController().signal) => {
    const begun = performance.now();
    await expect(task!.run(signal)).resolves.toBe(isFull ? 'more' : 'done');
    return performance.now() - begun;
  };
  return { run, asked };
}

it('the folder leaves a database that has become slow alone, for longer than it works', async () => {
  const { run } = folder({ answersMs: () => SLOW_MS });
  expect(await run()).toBeGreaterThan(5 * FOLD_MS - EARLY_MS);
});

it('the folder takes fewer rows after a transaction that failed', async () => {
  let fails = false;
  const { run, asked } = folder({
    foldsMs: () => {
      if (fails) throw new Error('canceling statement due to statement timeout');
      return 0;
    },
  });
  await run();
  fails = true;
  await expect(run()).rejects.toThrow();
  await expect(run()).rejects.toThrow();
  expect(asked[2]).toBe(Math.floor(asked[1]! / 2));
});

it('the folder does not rest while its process stops', async () => {
  const { run } = folder({ answersMs: () => SLOW_MS });
  expect(await run(AbortSignal.abort())).toBeLessThan(5 * FOLD_MS - EARLY_MS);
});

it('the folder lets changes gather when it took all that waited', async () => {
  const { run, asked } = folder({ foldsMs: () => 0, isFull: false });
  await run();
  await run();
  expect(asked[1]).toBe(asked[0]);
});
