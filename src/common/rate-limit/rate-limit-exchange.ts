import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Counter } from 'prom-client';
import { BackgroundJobs } from '../background/background-jobs.service.js';
import type { Progress } from '../background/job.js';
import { registry } from '../metrics/registry.js';
import { NatsService } from '../nats/nats.service.js';
import { RateLimits, type LimitName } from './rate-limits.js';
import { readPeerCounts, type PeerCounts } from './peer-counts.js';

const SUBJECT = 'progress.internal.rate-limit';
const EXCHANGE_MS = 1_000;
/** Keys of one limit in one message, so that a message stays well below NATS's size limit. */
const KEYS_MAXIMUM = 2_000;

const messages = new Counter({
  name: 'progress_rate_limit_messages_total',
  help: 'Counts told by other processes, by what came of them',
  labelNames: ['outcome'] as const,
  registers: [registry],
});

/**
 * Makes the limits hold over all processes together. Every second, each process sends the others its counts for the
 * keys that are near a limit. No request waits for this. Without NATS, each process counts alone.
 *
 * Counts below a tenth of a limit are not sent. So each of n processes may let through that much more, plus what
 * arrives within the second.
 */
@Injectable()
export class RateLimitExchange implements OnModuleInit {
  private readonly logger = new Logger(RateLimitExchange.name);
  private readonly self = randomUUID();

  constructor(
    private readonly limits: RateLimits,
    private readonly nats: NatsService,
    private readonly background: BackgroundJobs,
  ) {}

  onModuleInit(): void {
    if (!this.limits.isOn) return;
    this.nats.subscribe(SUBJECT, ({ data }) => this.hear(data));
    this.background.task({
      name: 'rate-limit-exchange',
      everyMs: EXCHANGE_MS,
      run: () => this.tell(),
      failure: { level: 'debug', msg: 'the other processes were not told' },
      runsUntilRequestsEnd: true,
    });
  }

  /** Drops the counts when NATS is away: they belong to a minute that will soon be over. */
  private async tell(): Promise<Progress> {
    const counts: PeerCounts['counts'] = {};
    for (const [name, window] of Object.entries(this.limits.windows)) {
      const told = window.drain(KEYS_MAXIMUM);
      if (told.length > 0) counts[name as LimitName] = told;
    }
    if (Object.keys(counts).length === 0) return 'done';
    const message: PeerCounts = { from: this.self, counts };
    this.nats.requireConnection(SUBJECT).publish(SUBJECT, JSON.stringify(message));
    return 'done';
  }

  private hear(data: Uint8Array): void {
    const told = readPeerCounts(data, KEYS_MAXIMUM);
    if (told === null) {
      messages.inc({ outcome: 'malformed' });
      this.logger.warn({ msg: 'counts of another process could not be read', bytes: data.length });
      return;
    }
    if (told.from === this.self) return;
    messages.inc({ outcome: 'added' });
    const now = performance.now();
    for (const [name, window] of Object.entries(this.limits.windows)) {
      for (const [key, amount] of told.counts[name as LimitName] ?? [])
        window.add(key, amount, now);
    }
  }
}
