import { AggregatorRegistry } from 'prom-client';
import type { Channel, MetricValues } from '../common/workers/channel.js';

const ANSWERS_WITHIN_MS = 1_000;
/** What says little about an idle process that only supervises: its event loop would hide those of the workers. */
const NOT_OF_PRIMARY = /^nodejs_/;
const LAG = /^nodejs_eventloop_lag_(?!min)/;

type Asked = Pick<Channel, 'ask'>;

/**
 * The metrics of all workers, added up. Counters never fall: what a worker counted stays when it has ended, and a worker
 * that does not answer counts as it did last. Otherwise Prometheus would take the fall for a new beginning, and count
 * everything a second time.
 */
export class AllMetrics {
  private readonly latest = new Map<Asked, MetricValues>();
  private ofEnded: MetricValues = [];

  /** @param own reads the metrics of the primary itself */
  constructor(private readonly own: () => Promise<MetricValues>) {}

  join(worker: Asked): void {
    this.latest.set(worker, []);
  }

  /** @param values what it counted until its end; without them, what it answered last */
  leave(worker: Asked, values = this.latest.get(worker) ?? []): void {
    if (!this.latest.delete(worker)) return;
    const counts = values.filter(({ type }) => String(type) !== 'gauge');
    const sum = AggregatorRegistry.aggregate([this.ofEnded, counts]);
    this.ofEnded = sum.getMetricsAsArray() as unknown as MetricValues;
  }

  async text(): Promise<string> {
    await Promise.all([...this.latest.keys()].map((worker) => this.ask(worker)));
    const own = (await this.own()).filter(({ name }) => !NOT_OF_PRIMARY.test(name));
    return AggregatorRegistry.aggregate([
      own.map(amended),
      ...this.latest.values(),
      this.ofEnded,
    ]).metrics();
  }

  private async ask(worker: Asked): Promise<void> {
    const values = await worker.ask('metrics', ANSWERS_WITHIN_MS, undefined);
    // It may have left meanwhile.
    if (values && this.latest.has(worker)) this.latest.set(worker, values.map(amended));
  }
}

type Metric = MetricValues[number];

/** prom-client's own metrics say this otherwise: it leaves out the start, and a busy worker would vanish in an average. */
function amended(metric: Metric): Metric {
  if (metric.name === 'process_start_time_seconds') return { ...metric, aggregator: 'min' };
  if (LAG.test(metric.name)) return { ...metric, aggregator: 'max' };
  return metric;
}
