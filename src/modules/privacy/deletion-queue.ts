import type { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job, Progress } from '../../common/background/job.js';

const WAITING_MAXIMUM = 100_000;
/** The longest wait while the database is away, in milliseconds. */
const RETRY_MAXIMUM_MS = 60_000;

/**
 * Requests erasures one after the other: a platform that deletes many users at once must not take every database
 * connection. The queue keeps them while the database is away, since each deletion is announced only once.
 */
export class DeletionQueue {
  private readonly waiting = new Set<string>();
  private readonly job: Job;
  private stopped = false;

  constructor(
    background: BackgroundJobs,
    private readonly request: (userId: string) => Promise<void>,
    private readonly maximum = WAITING_MAXIMUM,
  ) {
    this.job = background.task({
      name: 'deletion-queue',
      everyMs: RETRY_MAXIMUM_MS,
      run: () => this.requestNext(),
      failure: { level: 'warn', msg: 'a deleted user is not erased yet' },
      runsUntilRequestsEnd: true,
    });
  }

  /** @returns false when the queue is full. */
  add(userId: string): boolean {
    if (this.stopped || this.waiting.size >= this.maximum) return false;
    this.waiting.add(userId);
    this.job.nudge();
    return true;
  }

  /** Requests nothing more. @returns the users whose erasure may not be requested yet. */
  stop(): string[] {
    this.stopped = true;
    return [...this.waiting];
  }

  private async requestNext(): Promise<Progress> {
    const [userId] = this.waiting;
    if (this.stopped || userId === undefined) return 'done';
    await this.request(userId);
    this.waiting.delete(userId);
    return this.waiting.size > 0 ? 'more' : 'done';
  }
}
