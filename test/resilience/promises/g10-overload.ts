import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { enrol } from '../load/courses.ts';
import { median, milliseconds, percentile } from '../load/figures.ts';
import { Flood, type FloodAnswer } from '../load/flood.ts';
import { Ledger } from '../load/ledger.ts';
import { ADD } from '../load/operations.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { Yardstick } from '../load/yardstick.ts';
import type { ReliabilityPromise, Trial } from '../promise.ts';
import type { Stage } from '../stage/stage.ts';
import { lessonIds } from '../stage/platform.ts';
import type { Tally } from '../tally.ts';

const OVERLOAD_S = 60;
const OVERLOAD_SHORT_S = 5;
const MEASURE_S = 20;
const MEASURE_SHORT_S = 2;
const LANES = 64;
const LEARNERS = 100;
const TIMES_CAPACITY = 5;
const LEAST_GOODPUT = 0.8;
/** In short runs beside other tests, this only detects a service that collapses. */
const LEAST_GOODPUT_SHORT = 0.3;
const ACCEPTED_P99_MS = 1_000;
/** Refusals have a share of the time only (docs/adr/0013). A client that waits for one sends nothing. */
const REFUSED_P99_MS = 2_000;
/** Seconds of work that the connections can hold: more than an accepted request may take. */
const CONNECTED_S = 2;
/** A process may have 20,000 files open on many machines; a fast one would need more. */
const CONNECTIONS_MAXIMUM = 15_000;
const NORMAL_WITHIN_S = 10;

export const overload: ReliabilityPromise = {
  id: 'G10',
  title: 'overload is shed',
  fault:
    'five times the capacity, open loop, for 60 s: goodput ≥ 80 %, accepted p99 ≤ 1 s, the rest refused within 2 s (p99), normal within 10 s',
  times: 20,
  shortTimes: 1,
  async attempt(trial) {
    await trial.onStage({ services: 1 }, async (stage) => {
      const yardstick = await Yardstick.start();
      // Only on a stage of its own: a shared stage must not be changed.
      if (!trial.stage) await separateCores(stage, yardstick);
      const [service] = stage.services;
      const client = await Client.create();
      const platform = { ...trial, client, ledger: new Ledger(), services: stage.services };
      const learners = numbered('G10', LEARNERS);
      await inParallel(learners, 8, (userId) => enrol(platform, userId, 1));
      const requests = learners.map((userId) =>
        client.encode(ADD, { userId, lessonId: lessonIds(1)[0], seconds: 1 }),
      );
      const outcomes: Outcome[] = [];
      for (; trial.tally.times < trial.times; trial.tally.times += 1) {
        const flood = new Flood(Number(new URL(service!.origin).port), requests);
        outcomes.push(await floodOnce(trial, flood, yardstick));
        flood.close();
      }
      yardstick.close();
      report(outcomes, trial.tally);
      await audit(stage, platform.ledger, trial.tally);
      client.close();
    });
  },
};

interface Outcome {
  /** Requests a second that the machine could have served during the flood. */
  capacity: number;
  /** Requests a second, with the refused ones, as a share of the capacity. The next two are shares, too. */
  load: number;
  goodput: number;
  /** Share of the requests served before and after, without correcting for the machine's speed. */
  uncorrectedGoodput: number;
  /** Milliseconds; the next one, too. */
  acceptedP99: number;
  refusedP99: number;
}

async function floodOnce(
  { short, tally }: Trial,
  flood: Flood,
  yardstick: Yardstick,
): Promise<Outcome> {
  const measureSeconds = short ? MEASURE_SHORT_S : MEASURE_S;
  const seconds = short ? OVERLOAD_SHORT_S : OVERLOAD_S;
  await flood.connect(LANES);
  await flood.closedLoop(LANES, measureSeconds);
  const before = await measureCapacity(flood, yardstick, measureSeconds);
  // Enough connections for all requests that would wait if none were refused: then the waiting would show.
  await flood.connect(Math.min(Math.ceil(before.served * CONNECTED_S), CONNECTIONS_MAXIMUM));
  const [first, notSent, from] = [flood.answers.length, flood.notSent, Date.now()];
  const answered = await flood.openLoop(
    () => (TIMES_CAPACITY * before.perYardstick) / yardstick.recent,
    seconds,
  );
  const slowness = yardstick.since(from);
  const answers = flood.answers.slice(first);
  const sent = (answers.length + flood.notSent - notSent) / seconds;
  const begun = performance.now();
  while ((await refusedAtHalf(flood, before.served)) > 0 && performance.now() - begun < 60_000);
  tally.recovered(performance.now() - begun, NORMAL_WITHIN_S * 1_000);
  const after = await measureCapacity(flood, yardstick, measureSeconds);
  const capacity = (before.perYardstick + after.perYardstick) / 2 / slowness;
  const outcome = {
    capacity,
    load: sent / capacity,
    goodput: answered / capacity,
    uncorrectedGoodput: answered / ((before.served + after.served) / 2),
    acceptedP99: p99Of(answers, 200),
    refusedP99: p99Of(answers, 503),
  };
  judge(answers, outcome, short ? LEAST_GOODPUT_SHORT : LEAST_GOODPUT, tally);
  tally.operations += flood.answers.length;
  return outcome;
}

/**
 * Measures the service below its limit: requests a second, and that number times the yardstick's milliseconds. The
 * second figure depends on the service only: divided by the yardstick at another moment, it gives the capacity of the
 * machine at that moment.
 */
async function measureCapacity(
  flood: Flood,
  yardstick: Yardstick,
  seconds: number,
): Promise<{ served: number; perYardstick: number }> {
  const from = Date.now();
  const served = await flood.closedLoop(LANES, seconds);
  return { served, perYardstick: served * yardstick.since(from) };
}

function judge(
  answers: readonly FloodAnswer[],
  outcome: Outcome,
  leastGoodput: number,
  tally: Tally,
): void {
  if (outcome.goodput < leastGoodput) {
    tally.violate(`goodput below ${percent(leastGoodput)}`, percent(outcome.goodput));
  }
  if (outcome.acceptedP99 > ACCEPTED_P99_MS) {
    tally.violate('accepted p99 above 1 s', milliseconds(outcome.acceptedP99));
  }
  if (outcome.refusedP99 > REFUSED_P99_MS) {
    tally.violate('refused p99 above 2 s', milliseconds(outcome.refusedP99));
  }
  for (const { status, retryAfter } of answers) {
    if (status === 200 || (status === 503 && retryAfter)) continue;
    tally.violate('another answer', `status ${status}${retryAfter ? '' : ', no Retry-After'}`);
  }
}

function report(outcomes: readonly Outcome[], { figures }: Tally): void {
  const of = (figure: keyof Outcome) => outcomes.map((outcome) => outcome[figure]);
  const range = (figure: keyof Outcome, digits: number) =>
    `${Math.min(...of(figure)).toFixed(digits)} to ${Math.max(...of(figure)).toFixed(digits)}`;
  figures.set('capacity', `${range('capacity', 0)} requests/s`);
  figures.set('load', `${range('load', 1)} × capacity`);
  figures.set('lowest goodput', percent(Math.min(...of('goodput'))));
  figures.set('median goodput', percent(median(of('goodput'))));
  figures.set(
    'lowest goodput, uncorrected for the machine’s speed',
    percent(Math.min(...of('uncorrectedGoodput'))),
  );
  figures.set('accepted p99 at most', milliseconds(Math.max(...of('acceptedP99'))));
  figures.set('refused p99 at most', milliseconds(Math.max(...of('refusedP99'))));
}

function p99Of(answers: readonly FloodAnswer[], wanted: number): number {
  const times = answers.filter(({ status }) => status === wanted).map(({ tookMs }) => tookMs);
  return percentile(times, 0.99);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

async function refusedAtHalf(flood: Flood, capacity: number): Promise<number> {
  const first = flood.answers.length;
  await flood.openLoop(() => capacity / 2, 1);
  return flood.answers.slice(first).filter(({ status }) => status !== 200).length;
}

/** Gives the client one core and the rest to the others, so that the client does not slow the service down. */
async function separateCores({ services, postgres }: Stage, yardstick: Yardstick): Promise<void> {
  const last = cpus().length - 1;
  if (last === 0) return;
  const pin = (pid: number, on: string) =>
    spawnSync('taskset', ['-a', '-c', '-p', on, String(pid)]);
  pin(process.pid, String(last));
  for (const { pid } of [postgres.direct, ...services, yardstick]) pin(pid, `0-${last - 1}`);
  // Processes that PostgreSQL starts from now on inherit its cores.
  await postgres.terminateBackends();
}
