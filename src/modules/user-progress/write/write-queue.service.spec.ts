import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeEnvironment } from '../../../../test/for-specs.ts';
import type { ProgressChange } from '../changes/progress-change.js';
import type { AddWatchTimeFacade } from './add-watch-time.facade.js';
import type { BatchResult, CommitBatchFacade } from './commit-batch.facade.js';
import { WriteQueue } from './write-queue.service.js';

const WAIT_MS = 100;
const CHANGE: ProgressChange = { kind: 'set', userId: 'u', lessonId: 'l', completed: true };
const summary = { outboxFilled: false, completedCourses: [] };

/** A queue before a database that answers as `answered` does. `begun` hears the size of each batch. */
function queueBefore(
  answered: () => Promise<unknown>,
  begun: (size: number) => void = () => undefined,
): WriteQueue {
  const commit = async (changes: readonly ProgressChange[]): Promise<BatchResult> => {
    begun(changes.length);
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

describe('while many changes come', () => {
  const sizes: number[] = [];
  let queue: WriteQueue;
  let answers: (() => void)[];

  const submit = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => queue.submit(CHANGE)));
  const answer = async (): Promise<void> => {
    answers.shift()!();
    await setImmediate();
  };

  beforeEach(() => {
    // The pause ends only when a test says so.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    [answers, sizes.length] = [[], 0];
    queue = queueBefore(
      () => new Promise<void>((resolve) => answers.push(resolve)),
      (size) => sizes.push(size),
    );
  });
  afterEach(() => void vi.useRealTimers());

  /** Commits a batch of one and a batch of ten. */
  async function begin(): Promise<void> {
    const submitted = submit(11);
    await answer();
    await answer();
    await submitted;
  }

  it('the next batch waits a moment for more of them', async () => {
    await begin();
    const submitted = [submit(1), submit(2)];
    await setImmediate();
    expect(sizes).toEqual([1, 10]);
    vi.advanceTimersByTime(2);
    await setImmediate();
    expect(sizes).toEqual([1, 10, 3]);
    await answer();
    await Promise.all(submitted);
  });

  it('a process that stops does not wait', async () => {
    await begin();
    const submitted = submit(2);
    const stopped = queue.onApplicationShutdown();
    await setImmediate();
    expect(sizes).toEqual([1, 10, 2]);
    const later = submit(2);
    await answer();
    await answer();
    await Promise.all([submitted, later, stopped]);
  });
});
