import { Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';

const unread = new Gauge({
  name: 'progress_unread_events',
  help: 'Deletions of users that were announced but not understood, and wait for an administrator',
  registers: [registry],
  collect: () => readUnread(),
});

let readUnread: () => Promise<void> = () => Promise.resolve();

/** Counts at each scrape of the metrics. A failed count leaves the gauge unchanged. */
export function observeUnreadEvents(
  count: () => Promise<number>,
  failed: (error: unknown) => void,
): void {
  readUnread = () => count().then((events) => unread.set(events), failed);
}
