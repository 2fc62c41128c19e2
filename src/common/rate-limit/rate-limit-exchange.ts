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
/** Keys of one limit in one message: a message stays well below what NATS carries. */
const KEYS_MAXIMUM = 2_000;

const messages = new Counter({
  name: 'progress_rate_limit_messages_total',
  help: 'Counts told by other processes, by what came of them',
  labelNames: ['outcome'] as const,
  registers: [registry],
});

/**
 * Makes the limits hold over all processes together: each tells the others every second what it counted for
 * those keys that are nearing a limit. No request waits for it, and without NATS each process counts alone.
 *
 * What a process does not tell is below a tenth of a limit, so that n processes together let through at most
 * that much more each, and what comes within the second.
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

  /** Where nobody can be told, the counts are dropped: of a minute that will be over soon. */
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
    const now = Date.now();
    for (const [name, window] of Object.entries(this.limits.windows)) {
      for (const [key, amount] of told.counts[name as LimitName] ?? [])
        window.add(key, amount, now);
    }
  }
}
