import { Logger } from '@nestjs/common';
import { jitteredMs, retryMs } from './backoff.js';
import { countRun, noteSuccess } from './job.metrics.js';

/** What a run found: `more` has the next one begin at once, `done` lets the job wait. */
export type Progress = 'more' | 'done';

export interface JobOptions {
  /** In kebab-case; the label `job` of the metrics and the field `job` of the logs. */
  name: string;
  /** From the end of a run to the next one, jittered by a quarter; a nudge shortens it. */
  everyMs: number;
  /** What a failed run says in the log. */
  failure: { level: 'debug' | 'warn' | 'error'; msg: string };
  /** Whether it goes on while a stopping process answers its last requests. Else it stops before them. */
  runsUntilRequestsEnd?: boolean;
}

/** What a job does. A run that throws is logged, counted, and tried again after a backoff. */
export interface Work {
  /** Resolves when a run could do something. */
  ready?(): Promise<void>;
  /** `signal` is aborted when the job stops: a long run should end early then. */
  run(signal: AbortSignal): Promise<Progress>;
  /** Resolves when everything that runs left under way has ended. */
  settled?(): Promise<void>;
}

/** Runs its work again and again, never twice at the same time, from `start` to `stop`. */
export class Job {
  private readonly logger = new Logger('BackgroundJobs');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private nudged = false;
  private failures = 0;
  /** Who asked for a run that has not ended yet. */
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
   * There may be something to do: a run that begins after this will see it. Nudges do not shorten the wait after a
   * failure, or a busy service would hammer whatever is failing.
   */
  nudge(): void {
    this.nudged = true;
    if (this.failures === 0) this.wake();
  }

  /** Resolves when a run that began after the call has ended, well or not, and found no more to do. */
  async runNow(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.asked.push(resolve);
      this.wake();
    });
  }

  /** Begins no further run, and waits for what is under way. */
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

  /** Waits until it is time for a run. @returns false when the job stops instead. */
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

  /** Waits for the time, or until it is woken. */
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
