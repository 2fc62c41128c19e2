import { Inject, Injectable } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withTimeout } from '../with-timeout.js';
import { Job, type JobOptions, type Work } from './job.js';
import { Lane, type LaneOptions } from './lane.js';

export interface TaskOptions extends JobOptions, Pick<Work, 'run'> {
  /** The longest wait after failed runs, in milliseconds; `everyMs` by default. No nudge shortens it. */
  retryMaximumMs?: number;
}

/** `everyMs`: how often the lane looks for due entries when it gets no nudge. */
export type LaneJobOptions<Entry> = JobOptions & LaneOptions<Entry>;

/** The longest wait of a lane after claims that failed, in milliseconds: due entries wait as long. */
const LANE_RETRY_MAXIMUM_MS = 5_000;

/**
 * The work that the process does without a request. Jobs are declared in constructors. They start after the application
 * has started, and stop with it within SHUTDOWN_GRACE_MS. After that, another process takes up the entries that they
 * had claimed.
 */
@Injectable()
export class BackgroundJobs
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly jobs = new Map<string, Job>();
  private started = false;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'SHUTDOWN_GRACE_MS'>,
  ) {}

  /**
   * Runs the work at an interval. The first run is after the interval, or at the start if the job was nudged. Failures
   * never make the runs rarer.
   */
  task(options: TaskOptions): Job {
    return this.add(new Job(options, options, options.retryMaximumMs ?? options.everyMs));
  }

  /** Claims entries and attempts them, from the start. */
  lane<Entry>(options: LaneJobOptions<Entry>): Job {
    const job = new Job(options, new Lane(options), LANE_RETRY_MAXIMUM_MS);
    job.nudge();
    return this.add(job);
  }

  /** For tests and operators' tools: see `Job.runNow`. @throws Error when there is no such job. */
  async runNow(name: string): Promise<void> {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`there is no job ${name}`);
    await job.runNow();
  }

  onApplicationBootstrap(): void {
    this.started = true;
    for (const job of this.jobs.values()) job.start();
  }

  /** Stops before the server closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop(({ options }) => !options.runsUntilRequestsEnd);
  }

  /** Stops after the last answer. Database and NATS are still connected then: global modules shut down last. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop(({ options }) => options.runsUntilRequestsEnd === true);
  }

  private add(job: Job): Job {
    const { name } = job.options;
    if (this.jobs.has(name)) throw new Error(`there are two jobs ${name}`);
    this.jobs.set(name, job);
    if (this.started) job.start();
    return job;
  }

  private async stop(isMeant: (job: Job) => boolean): Promise<void> {
    const stopped = [...this.jobs.values()].filter(isMeant).map((job) => job.stop());
    await withTimeout(this.environment.SHUTDOWN_GRACE_MS, Promise.all(stopped)).catch(
      () => undefined,
    );
  }
}
