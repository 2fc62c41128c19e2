import { Logger } from '@nestjs/common';
import type { Progress, Work } from './job.js';

export interface LaneOptions<Entry> {
  name: string;
  /** Entries that are attempted at once, at most. */
  concurrency: number;
  /** Takes up to so many due entries for this process, under a lease. */
  claim(limit: number): Promise<Entry[]>;
  /** Has one of them done, and writes down what became of it. Must not throw: nobody else knows the entry. */
  attempt(entry: Entry): Promise<void>;
}

/**
 * Claims due entries, as many as there are free slots, and has each attempted. A run is one claim; attempts go on beside
 * it. Each lane has slots of its own, so that entries of one lane that nobody takes do not hold up those of another.
 */
export class Lane<Entry> implements Work {
  private readonly logger = new Logger('BackgroundJobs');
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: LaneOptions<Entry>) {}

  /** Resolves when there is a free slot. */
  async ready(): Promise<void> {
    if (this.free === 0) await Promise.race(this.underWay);
  }

  async run(): Promise<Progress> {
    const { free } = this;
    const entries = await this.options.claim(free);
    for (const entry of entries) this.begin(entry);
    return entries.length === free ? 'more' : 'done';
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private get free(): number {
    return this.options.concurrency - this.underWay.size;
  }

  private begin(entry: Entry): void {
    const attempt = this.attempt(entry).finally(() => this.underWay.delete(attempt));
    this.underWay.add(attempt);
  }

  private async attempt(entry: Entry): Promise<void> {
    const { name } = this.options;
    try {
      await this.options.attempt(entry);
    } catch (error) {
      this.logger.error({ msg: 'a claimed entry failed', job: name, err: error });
    }
  }
}
