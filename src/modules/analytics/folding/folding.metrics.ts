import { Counter, Gauge } from 'prom-client';
import { registry } from '../../../common/metrics/registry.js';

export const foldedMoves = new Counter({
  name: 'progress_analytics_moves_total',
  help: 'Moves that were folded into the figures of analytics',
  registers: [registry],
});

const oldest = new Gauge({
  name: 'progress_analytics_oldest_seconds',
  help: 'Age of the oldest change that the figures of analytics do not have yet',
  aggregator: 'max',
  registers: [registry],
  collect: () => readOldest(),
});

let readOldest: () => Promise<void> = () => Promise.resolve();

/** Reads the journal's age at each scrape of the metrics. A failed reading leaves the gauge unchanged. */
export function observeJournal(
  oldestSeconds: () => Promise<number>,
  failed: (error: unknown) => void,
): void {
  readOldest = () => oldestSeconds().then((seconds) => oldest.set(seconds), failed);
}
