import type { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job, Progress } from '../../common/background/job.js';

const WAITING_MAXIMUM = 100_000;
/** The longest wait while the database is away, in milliseconds. */
const RETRY_MAXIMUM_MS = 60_000;

/**
 * Requests erasures one after the other: a platform that deletes many users at once must not take every database
 * connection. The queue keeps them while the database is away, since each deletion is announced only once. An item is a
 * user's id, or an announcement that is to be kept.
 */
export class DeletionQueue<Item = string> {
  private readonly waiting = new Set<Item>();
  private readonly job: Job;
  private stopped = false;

  constructor(
    background: BackgroundJobs,
    private readonly request: (item: Item) => Promise<void>,
    private readonly maximum = WAITING_MAXIMUM,
    name = 'deletion-queue',
  ) {
    this.job = background.task({
      name,
      everyMs: RETRY_MAXIMUM_MS,
      run: () => this.requestNext(),
      failure: { level: 'warn', msg: 'a deleted user is not erased yet' },
      runsUntilRequestsEnd: true,
    });
  }

  /** @returns false when the queue is full. */
  add(item: Item): boolean {
    if (this.stopped || this.waiting.size >= this.maximum) return false;
    this.waiting.add(item);
    this.job.nudge();
    return true;
  }

  /** Requests nothing more. @returns the users whose erasure may not be requested yet. */
  stop(): Item[] {
    this.stopped = true;
    return [...this.waiting];
  }

  private async requestNext(): Promise<Progress> {
    const [item] = this.waiting;
    if (this.stopped || item === undefined) return 'done';
    await this.request(item);
    this.waiting.delete(item);
    return this.waiting.size > 0 ? 'more' : 'done';
  }
}
