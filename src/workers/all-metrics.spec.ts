import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricValues } from '../common/workers/channel.js';
import { AllMetrics } from './all-metrics.js';

class Worker {
  readonly registry = new Registry();
  hangs = false;
  private readonly registers = [this.registry];
  readonly requests = new Counter({
    name: 'requests_total',
    help: 'a',
    labelNames: ['outcome'] as const,
    registers: this.registers,
  });
  readonly seconds = new Histogram({
    name: 'seconds',
    help: 'b',
    buckets: [1],
    registers: this.registers,
  });
  readonly waiting = new Gauge({
    name: 'waiting',
    help: 'c',
    aggregator: 'max',
    registers: this.registers,
  });
  readonly active = new Gauge({ name: 'active', help: 'd', registers: this.registers });

  values(): Promise<MetricValues> {
    return this.registry.getMetricsAsJSON();
  }

  ask(): Promise<never> {
    return (this.hangs ? Promise.resolve(undefined) : this.values()) as Promise<never>;
  }
}

describe('the metrics of all workers', () => {
  let metrics: AllMetrics;
  let one: Worker;
  let other: Worker;

  beforeEach(() => {
    const own = new Registry();
    new Gauge({ name: 'nodejs_active_handles', help: 'e', registers: [own] }).set(9);
    const begun = new Gauge({
      name: 'process_start_time_seconds',
      help: 'f',
      aggregator: 'omit',
      registers: [own],
    });
    begun.set(1_234);
    metrics = new AllMetrics(() => own.getMetricsAsJSON());
    one = new Worker();
    other = new Worker();
    for (const worker of [one, other]) {
      metrics.join(worker);
      worker.requests.inc({ outcome: 'OK' }, 10);
      worker.seconds.observe(0.5);
      worker.waiting.set(7);
      worker.active.set(3);
    }
    one.requests.inc({ outcome: 'FORBIDDEN' });
  });

  const lines = async (): Promise<string[]> =>
    (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  it('add up, except what each worker reads from the same table', async () => {
    expect(await lines()).toEqual([
      'process_start_time_seconds 1234',
      'requests_total{outcome="OK"} 20',
      'requests_total{outcome="FORBIDDEN"} 1',
      'seconds_bucket{le="1"} 2',
      'seconds_bucket{le="+Inf"} 2',
      'seconds_sum 1',
      'seconds_count 2',
      'waiting 7',
      'active 6',
    ]);
  });

  it('show the worst event loop, not an average that hides it', async () => {
    for (const [worker, seconds] of [
      [one, 0.002],
      [other, 0.8],
    ] as const) {
      const name = 'nodejs_eventloop_lag_p99_seconds';
      new Gauge({ name, help: 'g', aggregator: 'average', registers: [worker.registry] }).set(
        seconds,
      );
    }
    expect(await lines()).toContain('nodejs_eventloop_lag_p99_seconds 0.8');
  });

  it('keep what a worker has counted until its end, once', async () => {
    await metrics.text();
    one.requests.inc({ outcome: 'OK' }, 5);
    metrics.leave(one, await one.values());
    metrics.leave(one);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'requests_total{outcome="OK"} 25',
        'requests_total{outcome="FORBIDDEN"} 1',
        'seconds_count 2',
        'active 3',
      ]),
    );
  });

  it('do not fall when a worker is killed, nor when it does not answer', async () => {
    await metrics.text();
    other.hangs = true;
    metrics.leave(one);
    expect(await lines()).toContain('requests_total{outcome="OK"} 20');
  });

  it('add those of many workers, one after the other', async () => {
    for (let restarts = 0; restarts < 3; restarts += 1) {
      metrics.leave(one, await one.values());
      metrics.join(one);
    }
    expect(await lines()).toContain('requests_total{outcome="OK"} 50');
  });
});
