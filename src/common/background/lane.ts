import { Logger } from '@nestjs/common';
import type { Progress, Work } from './job.js';

export interface LaneOptions<Entry> {
  name: string;
  /** How many entries are attempted at the same time, at most. */
  concurrency: number;
  /** Takes up to that many due entries for this process, under a lease. */
  claim(limit: number): Promise<Entry[]>;
  /** Carries out one entry and stores the outcome. It must not throw: no other code reports or retries the entry. */
  attempt(entry: Entry): Promise<void>;
}

/**
 * Claims due entries, as many as there are free slots, and attempts each. A run is one claim; the attempts continue
 * after it. Each lane has its own slots, so that a lane whose entries cannot be delivered does not block the others.
 */
export class Lane<Entry> implements Work {
  private readonly logger = new Logger('BackgroundJobs');
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: LaneOptions<Entry>) {}

  /** Resolves when a slot is free. */
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
