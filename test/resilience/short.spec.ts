import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../scripts/build.ts';
import { PROMISES } from './promises/index.ts';
import { tryPromise } from './promise.ts';
import { describeViolations } from './report.ts';
import { Stage } from './stage/stage.ts';
import type { Tally } from './tally.ts';

// Deaths of the service, of PostgreSQL and of NATS, a few times, on one stage. CI tries the other promises briefly as
// well (`npm run resilience -- --short`); without `--short`, each is tried many times.
const SEED = 'short';
const A_MINUTE = 60_000;

let stage: Stage;

beforeAll(async () => {
  expect(build()).toBe(true);
  // Another process takes over a killed one's entries after seconds, not after the default of a quarter of a minute.
  const environment = {
    NATS_REQUEST_TIMEOUT_MS: '300',
    OUTBOX_LEASE_SECONDS: '2',
    OUTBOX_BACKOFF_MAX_SECONDS: '2',
    CERTIFICATE_RETRY_MAX_SECONDS: '2',
  };
  stage = await Stage.start({ seed: SEED, environment });
}, A_MINUTE);
afterAll(() => stage.close(), A_MINUTE);

async function tryShort(id: string, times?: number): Promise<Tally> {
  const promise = PROMISES.find((candidate) => candidate.id === id)!;
  return tryPromise(promise, {
    stage,
    seed: SEED,
    short: true,
    times: times ?? promise.shortTimes,
  });
}

const TRIED = ['G1', 'G2', 'G3', 'G5'];

it.each(TRIED)(
  'keeps its promise: %s',
  async (id) => {
    const tally = await tryShort(id);
    expect(describeViolations(tally)).toEqual([]);
    expect(tally.acknowledged).toBeGreaterThan(0);
  },
  A_MINUTE,
);

it(
  'detects acknowledgements that are not durable',
  async () => {
    await stage.restart({ breaks: ['acknowledge before commit'] });
    // The time between the early answer and the commit is short: a kill may miss it, but not every time.
    let lost = 0;
    for (let attempt = 0; attempt < 8 && lost === 0; attempt += 1) {
      lost = (await tryShort('G1', 1)).lost;
    }
    expect(lost).toBeGreaterThan(0);
  },
  3 * A_MINUTE,
);
