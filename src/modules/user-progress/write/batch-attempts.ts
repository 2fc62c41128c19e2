import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Histogram } from 'prom-client';
import { sqlState } from '../../../common/errors/sql-state.js';
import { registry } from '../../../common/metrics/registry.js';
import { BatchOvertakenError } from '../proxy/progress-write.errors.js';

const batchSize = new Histogram({
  name: 'progress_write_batch_changes',
  help: 'Changes committed together',
  buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  registers: [registry],
});
const batchSeconds = new Histogram({
  name: 'progress_write_batch_seconds',
  help: 'Time to commit a batch',
  buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});
const batchRetries = new Counter({
  name: 'progress_write_batch_retries_total',
  help: 'Batches begun again, by cause',
  labelNames: ['cause'],
  registers: [registry],
});

const RETRYABLE = new Set(['40001', '40P01']);
const RETRIES = 8;

/** Commits a batch of that many changes. After a failure that may pass, it is begun again. */
export async function commitWithRetries<Result>(
  size: number,
  commit: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const stop = batchSeconds.startTimer();
    try {
      const result = await commit();
      stop();
      batchSize.observe(size);
      return result;
    } catch (error) {
      const cause = retryCause(error);
      if (cause === null || attempt > RETRIES) throw error;
      batchRetries.inc({ cause });
      await sleep(Math.random() * Math.min(5 * 2 ** attempt, 200));
    }
  }
}

/** Errors of the data (22: value, 23: constraint) or of a trigger, not of the connection or the server. */
export function isOneRowsFault(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && /^(22|23|P0)/.test(state);
}

/** Why the same batch may succeed when it is begun again after its rollback; null when it would fail again. */
function retryCause(error: unknown): string | null {
  if (error instanceof BatchOvertakenError) return 'overtaken';
  const state = sqlState(error);
  return state !== null && RETRYABLE.has(state) ? state : null;
}
