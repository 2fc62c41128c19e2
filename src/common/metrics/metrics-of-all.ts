import { ServiceUnavailableException } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import type { MetricValues } from '../workers/channel.js';
import { primary } from '../workers/primary.js';
import { registry } from './registry.js';
import { servingWorkers } from './worker.metrics.js';

/** Longer than the primary waits for a worker's metrics. */
const ADDED_UP_WITHIN_MS = 2_500;
const LAST_CHANCE_MS = 500;

/**
 * The metrics of all processes at this address, as text.
 * @throws ServiceUnavailableException when the primary does not answer. A part of the metrics would look like counters
 * that begin again, and Prometheus would count everything a second time.
 */
export async function metricsOfAll(): Promise<string> {
  if (!primary) return registry.metrics();
  const text = await primary.ask('metrics of all', ADDED_UP_WITHIN_MS, undefined);
  if (text === undefined) throw new ServiceUnavailableException();
  return text;
}

/** Counts this process among those that serve, and lets the primary ask for its metrics. */
export function offerMetrics(): void {
  servingWorkers.set(1);
  primary?.answer('metrics', () => registry.getMetricsAsJSON());
}

/** Leaves what this worker has counted to the primary. Gauges end with it, and theirs may need a closed database. */
export async function leaveMetrics(): Promise<void> {
  if (!primary) return;
  const metrics = registry.getMetricsAsArray() as unknown as Metric[];
  const counts = metrics.filter((metric) => !(metric instanceof Gauge));
  const values = (await Promise.all(counts.map((metric) => metric.get()))) as MetricValues;
  await primary.ask('last metrics', LAST_CHANCE_MS, values);
}
