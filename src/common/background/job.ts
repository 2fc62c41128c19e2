import { Logger } from '@nestjs/common';
import { jitteredMs, retryMs } from './backoff.js';
import { countRun, noteSuccess } from './job.metrics.js';

/** What a run found. `more`: the next run begins at once. `done`: the job waits for its interval. */
export type Progress = 'more' | 'done';

export interface JobOptions {
  /** In kebab-case; the label `job` of the metrics and the field `job` of the logs. */
  name: string;
  /** Milliseconds from the end of a run to the next one, with a jitter of a quarter. A nudge shortens it. */
  everyMs: number;
  /** The log message of a failed run. */
  failure: { level: 'debug' | 'warn' | 'error'; msg: string };
  /** Whether the job runs until the last requests are answered. Otherwise it stops before them. */
  runsUntilRequestsEnd?: boolean;
}

/** What a job does. A run that throws is logged, counted, and tried again after a backoff. */
export interface Work {
  /** Resolves when there is room for a run to do something. */
  ready?(): Promise<void>;
  /** `signal` is aborted when the job stops: a long run should end early then. */
  run(signal: AbortSignal): Promise<Progress>;
  /** Resolves when everything that runs left under way has ended. */
  settled?(): Promise<void>;
}

/** Runs its work again and again from `start` to `stop`, never twice at the same time. */
export class Job {
  private readonly logger = new Logger('BackgroundJobs');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private nudged = false;
  private failures = 0;
  /** The callers of `runNow` whose run has not ended yet. */
  private asked: (() => void)[] = [];
  private wake: () => void = () => undefined;

  /** @param retryMaximumMs the longest wait after a failure */
  constructor(
    readonly options: JobOptions,
    private readonly work: Work,
    private readonly retryMaximumMs: number,
  ) {}

  start(): void {
    if (this.running) return;
    noteSuccess(this.options.name);
    this.running = this.loop();
  }

  /**
   * Says that there may be something to do: a run that begins after this call will see it. A nudge does not shorten the
   * wait after a failure, or a busy service would send request after request to a failing database.
   */
  nudge(): void {
    this.nudged = true;
    if (this.failures === 0) this.wake();
  }

  /** Resolves when a run that began after the call has ended, with or without an error, and found no more to do. */
  async runNow(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.asked.push(resolve);
      this.wake();
    });
  }

  /** Begins no further run, and waits for the current one. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    for (const answer of this.asked.splice(0)) answer();
  }

  private async loop(): Promise<void> {
    while (await this.isDue()) {
      this.nudged = false;
      const asked = this.asked.splice(0);
      const outcome = await this.attempt();
      if (outcome === 'more') {
        this.nudged = true;
        this.asked.push(...asked);
      } else {
        for (const answer of asked) answer();
      }
    }
    await this.work.settled?.();
  }

  /** Waits until the next run is due. @returns false when the job stops instead. */
  private async isDue(): Promise<boolean> {
    const isNudged = this.nudged && this.failures === 0;
    if (!isNudged && this.asked.length === 0) await this.pause();
    await this.work.ready?.();
    return !this.stopping.signal.aborted;
  }

  private async attempt(): Promise<Progress | 'failed'> {
    const { name, failure } = this.options;
    const begunAt = performance.now();
    try {
      const progress = await this.work.run(this.stopping.signal);
      this.failures = 0;
      countRun(name, 'succeeded', performance.now() - begunAt);
      noteSuccess(name);
      return progress;
    } catch (error) {
      this.failures += 1;
      countRun(name, 'failed', performance.now() - begunAt);
      this.logger[failure.level]({ msg: failure.msg, job: name, err: error });
      return 'failed';
    }
  }

  /** Waits for that time, or until `wake` is called. */
  private async pause(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const milliseconds =
      this.failures === 0
        ? jitteredMs(this.options.everyMs)
        : retryMs(this.failures, this.retryMaximumMs);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds).unref();
    });
    clearTimeout(timer);
    this.wake = () => undefined;
  }
}
