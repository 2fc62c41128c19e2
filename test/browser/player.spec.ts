import { afterAll, beforeAll, describe } from 'vitest';
import { hasBrowser } from './harness/browser.ts';
import { Stage } from './harness/stage.ts';
import { clocks } from './reports/clocks.ts';
import { endings } from './reports/endings.ts';
import { hidden } from './reports/hidden.ts';
import { network } from './reports/network.ts';
import { seconds } from './reports/seconds.ts';
import { storage } from './reports/storage.ts';
import { tabs } from './reports/tabs.ts';

/** Seconds, but on a busy machine a film takes its time. */
const TWO_MINUTES_MS = 120_000;

/** What went wrong for others, by their public reports. One service and one browser for all, a learner for each. */
describe.skipIf(!hasBrowser())('a learner', { concurrent: true, timeout: TWO_MINUTES_MS }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  }, TWO_MINUTES_MS);
  afterAll(() => stage.close(), TWO_MINUTES_MS);

  for (const reports of [seconds, hidden, clocks, storage, network, endings, tabs]) {
    reports(() => stage);
  }
});
