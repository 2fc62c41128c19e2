import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { RateLimitedError } from '../errors/service-error.js';
import { registry } from '../metrics/registry.js';
import type { Kind, Load } from './operation-kind.js';
import { Pace } from './pace.js';
import { SlidingWindow } from './sliding-window.js';

const refused = new Counter({
  name: 'progress_rate_limited_total',
  help: 'Requests refused because their user or address had too many, by the limit that they met',
  labelNames: ['limit'] as const,
  registers: [registry],
});

/** Every limit. Its keys are users or addresses. */
export type LimitName = 'address' | `${Kind}-user` | `${Kind}-address`;

/** So much of a request's cost counts as an operation: a request that costs much counts as several. */
const COST_OF_AN_OPERATION = 100;

interface Limit {
  readonly name: LimitName;
  readonly window: SlidingWindow;
}

/** How many requests a user, and an address, may make in a minute. */
@Injectable()
export class RateLimits {
  readonly isOn: boolean;
  readonly windows: Readonly<Record<LimitName, SlidingWindow>>;
  /** Precomputed, to avoid building strings per request. */
  private readonly byKind: Readonly<Record<Kind, Record<'user' | 'address', Limit>>>;
  private readonly requests: Limit;
  private readonly pace: Pace;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.isOn = !environment.RATE_LIMIT_DISABLED;
    this.windows = {
      address: new SlidingWindow(environment.RATE_LIMIT_PER_ADDRESS),
      'watch-user': new SlidingWindow(environment.RATE_LIMIT_WATCH_PER_USER),
      'write-user': new SlidingWindow(environment.RATE_LIMIT_WRITE_PER_USER),
      'read-user': new SlidingWindow(environment.RATE_LIMIT_READ_PER_USER),
      'watch-address': new SlidingWindow(environment.RATE_LIMIT_WATCH_PER_ADDRESS),
      'write-address': new SlidingWindow(environment.RATE_LIMIT_WRITE_PER_ADDRESS),
      'read-address': new SlidingWindow(environment.RATE_LIMIT_READ_PER_ADDRESS),
    };
    const limit = (name: LimitName): Limit => ({ name, window: this.windows[name] });
    this.byKind = {
      watch: { user: limit('watch-user'), address: limit('watch-address') },
      write: { user: limit('write-user'), address: limit('write-address') },
      read: { user: limit('read-user'), address: limit('read-address') },
    };
    this.requests = limit('address');
    this.pace = new Pace(environment.RATE_LIMIT_COST_PER_SECOND);
  }

  /** Counts one request of any kind. @throws RateLimitedError */
  admitRequest(address: string): void {
    take(this.requests, address, 1, performance.now());
  }

  /**
   * Counts the operations that a request asks for, or more if it costs more.
   * @param cost as `QueryCost` says it
   * @param userId null for a service: only its address counts.
   * @throws RateLimitedError
   */
  admitOperations(
    load: Load,
    cost: number,
    userId: string | null,
    address: string | undefined,
  ): void {
    const now = performance.now();
    const weight = Math.ceil(cost / COST_OF_AN_OPERATION);
    for (const [kind, operations] of load) {
      const limits = this.byKind[kind];
      if (userId !== null)
        take(limits.user, userId, amountOf(limits.user, operations, weight), now);
      if (address !== undefined) {
        take(limits.address, address, amountOf(limits.address, operations, weight), now);
      }
    }
  }

  /** @returns how long a request must wait for its user's turn, in milliseconds. @throws RateLimitedError */
  waitFor(userId: string, cost: number): number {
    const { waitMs, refused: isRefused } = this.pace.take(userId, cost, performance.now());
    if (!isRefused) return waitMs;
    refused.inc({ limit: 'cost-user' });
    throw new RateLimitedError(Math.ceil(waitMs / 1_000));
  }
}

/** A single operation must fit into its limit, whatever it costs, or it could never be carried out. */
const amountOf = ({ window }: Limit, operations: number, weight: number): number =>
  Math.max(operations, Math.min(weight, window.limit));

function take({ name, window }: Limit, key: string, amount: number, now: number): void {
  const seconds = window.take(key, amount, now);
  if (seconds === 0) return;
  refused.inc({ limit: name });
  throw new RateLimitedError(seconds);
}
