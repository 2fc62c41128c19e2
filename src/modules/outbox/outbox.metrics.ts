import { Counter, Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';
import type { OutboxDepth } from './proxy/outbox.proxy.js';

export const outboxAttempts = new Counter({
  name: 'progress_outbox_attempts_total',
  help: 'Attempts to deliver outbox rows, by topic and outcome',
  labelNames: ['topic', 'outcome'] as const,
  registers: [registry],
});

const pending = new Gauge({
  name: 'progress_outbox_pending',
  help: 'Outbox rows that wait to be delivered',
  labelNames: ['topic'] as const,
  aggregator: 'max',
  registers: [registry],
  collect: () => readDepth(),
});

const parked = new Gauge({
  name: 'progress_outbox_parked',
  help: 'Outbox rows that were refused for good, and wait for an administrator',
  labelNames: ['topic'] as const,
  aggregator: 'max',
  registers: [registry],
  collect: () => readDepth(),
});

const oldest = new Gauge({
  name: 'progress_outbox_oldest_seconds',
  help: 'Age of the oldest outbox row that waits to be delivered',
  aggregator: 'max',
  registers: [registry],
  collect: () => readDepth(),
});

let readDepth: () => Promise<void> = () => Promise.resolve();

/**
 * Reads the outbox's depth at each scrape of the metrics, once for all gauges. A failed reading leaves them unchanged.
 */
export function observeOutbox(
  depth: () => Promise<OutboxDepth[]>,
  failed: (error: unknown) => void,
): void {
  let reading: Promise<void> | null = null;
  readDepth = () =>
    (reading ??= depth()
      .then(show, failed)
      .finally(() => {
        reading = null;
      }));
}

function show(depths: OutboxDepth[]): void {
  pending.reset();
  parked.reset();
  for (const depth of depths) {
    pending.set({ topic: depth.topic }, depth.pending);
    parked.set({ topic: depth.topic }, depth.parked);
  }
  oldest.set(Math.max(0, ...depths.map((depth) => depth.oldestSeconds)));
}
