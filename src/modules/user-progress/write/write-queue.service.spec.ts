import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { edgeEnvironment } from '../../../../test/for-specs.ts';
import type { ProgressChange } from '../changes/progress-change.js';
import type { AddWatchTimeFacade } from './add-watch-time.facade.js';
import type { BatchResult, CommitBatchFacade } from './commit-batch.facade.js';
import { WriteQueue } from './write-queue.service.js';

const WAIT_MS = 100;
const CHANGE: ProgressChange = { kind: 'set', userId: 'u', lessonId: 'l', completed: true };
const summary = { outboxFilled: false, completedCourses: [] };

/** A queue before a database that answers as `answered` does. */
function queueBefore(answered: () => Promise<unknown>): WriteQueue {
  const commit = async (changes: readonly ProgressChange[]): Promise<BatchResult> => {
    await answered();
    return {
      results: changes.map(() => ({
        ok: true,
        outcome: { record: { watched: '{}' } },
      })) as BatchResult['results'],
      summary,
    };
  };
  const environment = edgeEnvironment({ WRITE_QUEUE_WAIT_MS: String(WAIT_MS) });
  const batches = { commit } as unknown as CommitBatchFacade;
  return new WriteQueue(batches, {} as AddWatchTimeFacade, environment);
}

describe('changes that wait for their turn', () => {
  it('are refused when it does not come in time', async () => {
    const queue = queueBefore(() => new Promise(() => undefined));
    void queue.submit(CHANGE);
    const submitted = performance.now();
    await expect(queue.submit(CHANGE)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(performance.now() - submitted).toBeGreaterThanOrEqual(WAIT_MS);
  });

  it('are not refused when the database answered while the process was busy', async () => {
    const queue = queueBefore(() => stat('.'));
    // From here, the event loop continues with its timers.
    await setImmediate();
    const first = queue.submit(CHANGE);
    const second = queue.submit(CHANGE);
    const busyUntil = performance.now() + 3 * WAIT_MS;
    while (performance.now() < busyUntil);
    await expect(Promise.all([first, second])).resolves.toHaveLength(2);
  });
});
