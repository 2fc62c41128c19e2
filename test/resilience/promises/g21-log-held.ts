import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { milliseconds } from '../load/figures.ts';
import { Load } from '../load/load.ts';
import type { ReliabilityPromise, Trial } from '../promise.ts';
import { fileOn, pipeIn, withDescriptor, type LogSink } from '../stage/log-sink.ts';
import type { Service } from '../stage/service.ts';
import { SmallDisk } from '../stage/small-disk.ts';
import type { Stage } from '../stage/stage.ts';

const REQUESTS_PER_SECOND = 100;
/** A request with as many lists as it may have. */
const LIST = '(filter: { userId: "G21" }, first: 1) { pageInfo { hasNextPage } }';
const TALK = `{ ${Array.from({ length: 20 }, (_, n) => `q${n}: userProgressConnection${LIST}`).join(' ')} }`;
const AT_ONCE = 3;
const TALKATIVE = { LOG_LEVEL: 'debug', SHUTDOWN_GRACE_MS: '6000' };
const DROPS_WITHIN_MS = 30_000;
const SAYS_SO_WITHIN_MS = 5_000;
/** The grace, and what a busy machine adds. */
const ENDS_WITHIN_MS = 8_000;
/** What waits for a reader, several times over. */
const GROWS_AT_MOST_MB = 150;
/** A busy machine refuses some, whatever becomes of the log. */
const REFUSED_AT_MOST = 0.01;
/** Longer than any limit of a request: only a process that stands still answers later. */
const ANSWERS_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 10;
const DROPPED = /^progress_log_lines_dropped_total (\d+)$/m;
const SAID = 'log lines were dropped';

interface Slowest {
  answerMs: number;
  exitMs: number;
  grownMb: number;
}

export const logHeld: ReliabilityPromise = {
  id: 'G21',
  title: 'nothing waits for the log',
  fault:
    'standard output’s disk is full, its reader sleeps or is gone, under load until lines are dropped; then it takes lines again; then once more, and SIGTERM',
  times: 20,
  shortTimes: 1,
  async attempt(trial) {
    await trial.onStage({}, async (stage) => {
      const disk = SmallDisk.mount();
      trial.tally.figures.set('disk', disk ? 'a small tmpfs' : 'none: it may not be mounted');
      try {
        await hold(trial, stage, disk);
      } finally {
        disk?.unmount();
      }
    });
  },
};

async function hold(trial: Trial, stage: Stage, disk: SmallDisk | null): Promise<void> {
  const { times, random, tally } = trial;
  const client = await Client.create();
  const slowest: Slowest = { answerMs: 0, exitMs: 0, grownMb: 0 };
  let refused = 0;
  const load = new Load({
    name: 'G21',
    client,
    random,
    services: stage.services,
    requestsPerSecond: REQUESTS_PER_SECOND,
    observe: ({ outcome, code, invokedAt, returnedAt }) => {
      slowest.answerMs = Math.max(slowest.answerMs, returnedAt - invokedAt);
      if (outcome === 'acknowledged') return;
      if (code === 'SERVICE_UNAVAILABLE') refused += 1;
      else tally.violate('failed requests', String(code));
    },
  });
  load.start();
  for (; tally.times < times; tally.times += 1) {
    const service = stage.services[tally.times % stage.services.length]!;
    const sink = sinkOf(tally.times, stage, disk);
    await leave(service);
    await withDescriptor(sink, (output) => service.start(stage.sabotage, TALKATIVE, output));
    await tryOne(trial, service, sink, client, slowest);
    sink.close();
    await service.start(stage.sabotage);
  }
  await load.stop();
  if (slowest.answerMs > ANSWERS_WITHIN_MS) {
    tally.violate('answers that wait', milliseconds(slowest.answerMs));
  }
  if (refused > load.ledger.operations * REFUSED_AT_MOST) {
    tally.violate('refused requests', `${refused} of ${load.ledger.operations}`);
  }
  tally.figures.set('refused requests', String(refused));
  tally.figures.set('slowest answer', milliseconds(slowest.answerMs));
  tally.figures.set('slowest exit', milliseconds(slowest.exitMs));
  tally.figures.set('memory grew by at most', `${slowest.grownMb} MB`);
  await audit(stage, load.ledger, tally);
  client.close();
}

function sinkOf(time: number, { folder }: Stage, disk: SmallDisk | null): LogSink {
  const kinds = [
    () => pipeIn(folder, `log-${time}`, 'sleeps'),
    () => pipeIn(folder, `log-${time}`, 'is gone'),
    ...(disk ? [() => fileOn(disk, `log-${time}`)] : []),
  ];
  return kinds[time % kinds.length]!();
}

async function tryOne(
  { tally }: Trial,
  service: Service,
  sink: LogSink,
  client: Client,
  slowest: Slowest,
): Promise<void> {
  const before = memoryMb(service);
  sink.break();
  const talk = () =>
    Promise.all(Array.from({ length: AT_ONCE }, () => client.send(service.link.port, TALK, {})));
  const fill = async () => {
    const already = await dropped(service);
    const drops = async () => {
      await talk();
      return (await dropped(service)) > already;
    };
    if (!(await within(DROPS_WITHIN_MS, drops))) tally.violate('no line is dropped', sink.fault);
  };
  await fill();
  const grown = memoryMb(service) - before;
  slowest.grownMb = Math.max(slowest.grownMb, grown);
  if (grown > GROWS_AT_MOST_MB) tally.violate('memory that grows', `${grown} MB, ${sink.fault}`);

  const mended = performance.now();
  sink.mend();
  if (await within(SAYS_SO_WITHIN_MS, () => sink.text().includes(SAID))) {
    tally.recovered(performance.now() - mended);
  } else {
    tally.violate('does not say that lines are missing', sink.fault);
  }

  sink.break();
  // A few lines would find room in the pipe and in its reader: nothing would wait at the end.
  await fill();
  const exitMs = await leave(service);
  slowest.exitMs = Math.max(slowest.exitMs, exitMs);
  if (exitMs > ENDS_WITHIN_MS) {
    tally.violate('exits after the grace', `${milliseconds(exitMs)}, ${sink.fault}`);
  }
}

/** @returns how long it took to end, in milliseconds */
function leave(service: Service): Promise<number> {
  service.up = false;
  return service.terminate();
}

async function dropped(service: Service): Promise<number> {
  const metrics = await service.get('/metrics');
  return Number(DROPPED.exec(metrics?.text ?? '')?.[1] ?? 0);
}

function memoryMb({ pid }: Service): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Math.round(Number(kilobytes) / 1_024);
}

async function within(limitMs: number, isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (!(await isTrue())) {
    if (performance.now() > until) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}
