import { Logger } from '@nestjs/common';
import cluster from 'node:cluster';
import { constants } from 'node:os';
import { join } from 'node:path';
import { collectDefaultMetrics } from 'prom-client';
import { startLogger } from '../common/logging/start-logger.js';
import { KEPT_ALIVE_MS } from '../common/request/kept-alive.js';
import { registry } from '../common/metrics/registry.js';
import type { Environment } from '../config/environment.js';
import { endProcess } from '../edge/stop/end-process.js';
import { STOP_SIGNALS } from '../edge/stop/end-on-signals.js';
import { AllMetrics } from './all-metrics.js';
import { Crew } from './crew.js';
import { WorkerProcess } from './worker-process.js';

/** Longer than SHUTDOWN_GRACE_MS, after which a worker ends itself and says so. */
const MORE_GRACE_MS = 500;
/** More than a retiring worker waits for its last connection, beyond the time for which one is kept. */
const RETIREMENT_MS = 10_000;
/** A terminal, npm and a supervisor may each send one signal for the same wish to stop. */
const SECOND_SIGNAL_AFTER_MS = 2_000;

/**
 * Serves with several workers on one port. This process serves nothing itself: it accepts connections and hands them to
 * workers in turn (docs/adr/0012), adds up their metrics, replaces them, and ends last.
 */
export function supervise(environment: Environment): void {
  Logger.overrideLogger(startLogger(environment));
  const logger = new Logger('Workers');
  collectDefaultMetrics({ register: registry });
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ exec: join(import.meta.dirname, '..', 'main.js'), args: [] });

  const metrics = new AllMetrics(() => registry.getMetricsAsJSON());
  const crew = new Crew({
    size: environment.WORKERS,
    graceMs: environment.SHUTDOWN_GRACE_MS + MORE_GRACE_MS,
    retireMs: KEPT_ALIVE_MS + environment.SHUTDOWN_GRACE_MS + RETIREMENT_MS,
    start: () => withMetrics(new WorkerProcess(), metrics),
    ended: (code) => void endProcess(code),
  });

  let stopsSince = Infinity;
  const stop = (signal: NodeJS.Signals): void => {
    if (performance.now() - stopsSince >= SECOND_SIGNAL_AFTER_MS) {
      logger.error({ msg: 'ended by a second signal', signal });
      crew.kill();
    }
    if (stopsSince < Infinity) return;
    stopsSince = performance.now();
    logger.log({ msg: 'stopping', signal });
    crew.stop(signal, 128 + constants.signals[signal]);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  process.on('SIGHUP', () => crew.renew());
}

function withMetrics(worker: WorkerProcess, metrics: AllMetrics): WorkerProcess {
  const { channel } = worker;
  channel.answer('metrics of all', () => metrics.text());
  channel.answer('last metrics', (values) => {
    metrics.leave(channel, values);
    return true;
  });
  void worker.serves.then(() => metrics.join(channel));
  void worker.ended.then(() => metrics.leave(channel));
  return worker;
}
