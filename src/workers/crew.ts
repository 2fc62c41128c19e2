import { Logger } from '@nestjs/common';
import { retryMs } from '../common/background/backoff.js';
import { workerDeaths } from '../common/metrics/worker.metrics.js';
import type { End, WorkerProcess } from './worker-process.js';

/** A worker that ends sooner has failed at its start, too. */
const STARTED_AFTER_MS = 10_000;
const BACKOFF_MAXIMUM_MS = 30_000;
const FAILURES_MAXIMUM = 5;

type CrewWorker = Pick<WorkerProcess, keyof WorkerProcess>;

interface CrewOptions {
  size: number;
  start: () => CrewWorker;
  /** How long a worker that was asked to end may take, in milliseconds, before it is killed. */
  graceMs: number;
  /** The same for a worker that is replaced, and serves the connections that it has to their end. */
  retireMs: number;
  /** Called once all workers have ended, with the exit code of the whole. */
  ended: (code: number) => void;
}

/**
 * Keeps a number of workers serving. One that dies is replaced, after a pause that grows with each start that fails in a
 * row. The whole ends if it cannot start: with the first failure before any worker has served, and with the fifth in a
 * row while none serves.
 */
export class Crew {
  private readonly logger = new Logger('Workers');
  private readonly workers = new Set<CrewWorker>();
  /** Those that are to be replaced once another one serves in their place. */
  private readonly outdated = new Set<CrewWorker>();
  private hasServed = false;
  private failures = 0;
  private pause: NodeJS.Timeout | null = null;
  private exitCode: number | null = null;
  private isOver = false;

  constructor(private readonly options: CrewOptions) {
    this.fill();
  }

  /** Replaces all workers, one after the other. Each serves until another one serves in its place. */
  renew(): void {
    if (this.isEnding) return;
    this.logger.log({ msg: 'workers are replaced' });
    for (const worker of this.workers) if (worker.state !== 'leaving') this.outdated.add(worker);
    this.fill();
  }

  /** Lets all workers finish what they have begun. */
  stop(signal: NodeJS.Signals, codeBeforeServing: number): void {
    this.end(this.hasServed ? 0 : codeBeforeServing, signal);
  }

  /** Ends everything now. */
  kill(): void {
    this.exitCode = 1;
    for (const worker of this.workers) worker.kill('SIGKILL');
  }

  private get isEnding(): boolean {
    return this.exitCode !== null;
  }

  private count(...states: CrewWorker['state'][]): number {
    return [...this.workers].filter(({ state }) => states.includes(state)).length;
  }

  /** Starts what is missing. The first worker starts alone: what keeps it from starting is told once. */
  private fill(): void {
    if (this.isEnding || this.pause) return;
    // One is replaced at a time, to its end: each has its own memory and connections to the database.
    const spare = this.outdated.size > 0 && this.count('leaving') === 0 ? 1 : 0;
    const wanted = this.hasServed ? this.options.size + spare : 1;
    while (this.count('starting', 'serving') < wanted) this.startOne();
  }

  private startOne(): void {
    const worker = this.options.start();
    this.workers.add(worker);
    void worker.serves.then(() => this.served(worker));
    void worker.ended.then((end) => this.lost(worker, end));
    void worker.hangs().then(() => {
      this.logger.error({ msg: 'worker does not answer', worker: worker.pid });
      worker.kill('SIGKILL');
    });
  }

  private served(worker: CrewWorker): void {
    this.hasServed = true;
    this.logger.log({ msg: 'worker serves', worker: worker.pid });
    const hasStarted = (): void => {
      if (worker.state === 'serving') this.failures = 0;
    };
    setTimeout(hasStarted, STARTED_AFTER_MS).unref();
    const [next] = this.outdated;
    if (next && this.count('serving') > this.options.size) {
      this.outdated.delete(next);
      void next.retire();
      this.killLater(next, this.options.retireMs);
    }
    this.fill();
  }

  private lost(worker: CrewWorker, { code, signal }: End): void {
    this.workers.delete(worker);
    if (!worker.wasAsked) {
      workerDeaths.inc();
      this.logger.error({ msg: 'worker ended', worker: worker.pid, code, signal });
      if (!this.isEnding) this.countFailure(worker, code);
    } else if (worker.servesSince !== null && code !== 0) {
      // It did not finish what it had begun.
      if (this.isEnding) this.exitCode ||= 1;
    }
    this.outdated.delete(worker);
    this.fill();
    this.endIfEmpty();
  }

  private countFailure({ servesSince }: CrewWorker, code: number | null): void {
    if (servesSince !== null && performance.now() - servesSince >= STARTED_AFTER_MS) return;
    this.failures += 1;
    const isHopeless = this.failures >= FAILURES_MAXIMUM;
    if (isHopeless && this.outdated.size > 0) {
      this.outdated.clear();
      this.logger.error({ msg: 'workers were not replaced' });
    }
    if (!this.hasServed || (isHopeless && this.count('serving') === 0))
      this.end(code || 1, 'SIGTERM');
    else this.pauseStarts();
  }

  private pauseStarts(): void {
    if (this.pause) clearTimeout(this.pause);
    const resume = (): void => {
      this.pause = null;
      this.fill();
    };
    this.pause = setTimeout(resume, retryMs(this.failures, BACKOFF_MAXIMUM_MS));
  }

  private end(code: number, signal: NodeJS.Signals): void {
    if (this.isEnding) return;
    this.exitCode = code;
    if (this.pause) clearTimeout(this.pause);
    for (const worker of this.workers) {
      worker.stop(signal);
      this.killLater(worker, this.options.graceMs);
    }
    this.endIfEmpty();
  }

  private endIfEmpty(): void {
    if (this.exitCode === null || this.workers.size > 0 || this.isOver) return;
    this.isOver = true;
    this.options.ended(this.exitCode);
  }

  /** A worker ends itself in time, unless its event loop stands still. */
  private killLater(worker: CrewWorker, withinMs: number): void {
    const kill = (): void => {
      this.logger.error({ msg: 'worker did not end in time', worker: worker.pid });
      worker.kill('SIGKILL');
    };
    const timer = setTimeout(kill, withinMs);
    void worker.ended.then(() => clearTimeout(timer));
  }
}
