import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from '../metrics/registry.js';

const runs = new Counter({
  name: 'progress_job_runs_total',
  help: 'Runs of background jobs, by outcome; a run of a lane is one claim',
  labelNames: ['job', 'outcome'] as const,
  registers: [registry],
});

const seconds = new Histogram({
  name: 'progress_job_seconds',
  help: 'Time of a run of a background job',
  labelNames: ['job'] as const,
  buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
  registers: [registry],
});

const lastSuccess = new Gauge({
  name: 'progress_job_last_success_timestamp_seconds',
  help: 'When a background job last ran without failing, in seconds since 1970; its start before the first time',
  labelNames: ['job'] as const,
  aggregator: 'min',
  registers: [registry],
});

export function countRun(job: string, outcome: 'succeeded' | 'failed', tookMs: number): void {
  runs.inc({ job, outcome });
  seconds.observe({ job }, tookMs / 1_000);
}

/** The wall clock, because Prometheus compares it with its own. */
export function noteSuccess(job: string): void {
  lastSuccess.setToCurrentTime({ job });
}
