import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeEnvironment } from '../../../../test/for-specs.ts';
import { Placement } from '../../../common/database/placement/placement.js';
import type { Transactions } from '../../../common/database/transactions.js';
import type { ProgressChange } from '../changes/progress-change.js';
import type { AddWatchTimeFacade } from './add-watch-time.facade.js';
import type { BatchResult, CommitBatchFacade } from './commit-batch.facade.js';
import { WriteQueue } from './write-queue.service.js';

const WAIT_MS = 100;
const CHANGE: ProgressChange = { kind: 'set', userId: 'u', lessonId: 'l', completed: true };
const summary = { outboxFilled: false, completedCourses: [] };

/** A queue before a database that answers as `answered` does. `begun` hears the size of each batch. */
function queueBefore(
  answered: (changes: readonly ProgressChange[]) => Promise<unknown>,
  begun: (size: number) => void = () => undefined,
  placement: Placement = everyoneAt(0),
): WriteQueue {
  const commit = async (changes: readonly ProgressChange[]): Promise<BatchResult> => {
    begun(changes.length);
    await answered(changes);
    return {
      results: changes.map(() => ({
        ok: true,
        outcome: { record: { watched: '{}', watchedAgain: '{}' } },
      })) as BatchResult['results'],
      summary,
    };
  };
  const environment = edgeEnvironment({ WRITE_QUEUE_WAIT_MS: String(WAIT_MS) });
  const batches = { commit } as unknown as CommitBatchFacade;
  return new WriteQueue(batches, {} as AddWatchTimeFacade, placement, environment);
}

/** A placement by the first letter of the learner's id. */
const byLetter = (letters: string): Placement => {
  const placement = new Placement({} as Transactions);
  placement.of = (userId) => letters.indexOf(userId[0]!);
  placement.refresh = () => Promise.resolve();
  Object.defineProperty(placement, 'isOne', { value: false });
  return placement;
};
const everyoneAt = (place: number): Placement => Object.assign(byLetter(''), { of: () => place });

const changeOf = (userId: string): ProgressChange => ({ ...CHANGE, userId });

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

describe('changes of learners in several places', () => {
  it('are never in one transaction', async () => {
    const batches: string[][] = [];
    const answered = (changes: readonly ProgressChange[]) => {
      batches.push(changes.map(({ userId }) => userId));
      return setImmediate();
    };
    const queue = queueBefore(answered, undefined, byLetter('abc'));
    const users = Array.from({ length: 60 }, (_, index) => `${'abc'[index % 3]}${index}`);
    await Promise.all(users.map((userId) => queue.submit(changeOf(userId))));
    expect(batches.flat().sort()).toEqual([...users].sort());
    for (const batch of batches) expect(new Set(batch.map((userId) => userId[0])).size).toBe(1);
  });

  it('are committed the general way, plain watch time too: its own statement costs Citus twice as much', async () => {
    const queue = queueBefore(() => setImmediate(), undefined, byLetter('ab'));
    const change: ProgressChange = { kind: 'addWatchTime', userId: 'a', lessonId: 'l', seconds: 5 };
    await expect(queue.submit(change)).resolves.toBeDefined();
  });

  it('do not wait for a place that does not answer', async () => {
    const answered = ([change]: readonly ProgressChange[]) =>
      change!.userId === 'stuck' ? new Promise(() => undefined) : Promise.resolve();
    const queue = queueBefore(answered, undefined, byLetter('sw'));
    void queue.submit(changeOf('stuck'));
    await expect(queue.submit(changeOf('well'))).resolves.toBeDefined();
  });

  it('are committed apart when their place was divided meanwhile', async () => {
    const batches: string[][] = [];
    const placement = everyoneAt(0);
    placement.refresh = () => {
      placement.of = byLetter('ab').of;
      return Promise.resolve();
    };
    const answered = async (changes: readonly ProgressChange[]) => {
      batches.push(changes.map(({ userId }) => userId));
      const places = new Set(changes.map(({ userId }) => userId[0]));
      if (places.size > 1) throw Object.assign(new Error('two places'), { code: '0A000' });
    };
    const queue = queueBefore(answered, undefined, placement);
    await Promise.all(['a1', 'a2', 'b1', 'b2'].map((userId) => queue.submit(changeOf(userId))));
    expect(batches.filter((batch) => batch.length > 0).flat()).toEqual(
      expect.arrayContaining(['a1', 'a2', 'b1', 'b2']),
    );
  });
});
