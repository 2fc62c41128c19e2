import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import { DeletionQueue } from './deletion-queue.js';

let background: BackgroundJobs;
beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
  background = new BackgroundJobs({ SHUTDOWN_GRACE_MS: 0 });
  background.onApplicationBootstrap();
});
afterEach(async () => {
  const stopped = background.onApplicationShutdown();
  await vi.advanceTimersByTimeAsync(0);
  await stopped;
  vi.useRealTimers();
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

describe('deletions that were heard', () => {
  it('are requested one after the other, however many come at once', async () => {
    let running = 0;
    let most = 0;
    const requested: string[] = [];
    const queue = new DeletionQueue(background, async (userId) => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      requested.push(userId);
      running -= 1;
    });
    for (const id of ids(2_000)) queue.add(id);
    await vi.advanceTimersByTimeAsync(1);
    expect(requested).toEqual(ids(2_000));
    expect(most).toBe(1);
  });

  it('wait as long as the database is away, and are retried at growing intervals', async () => {
    const requested: string[] = [];
    let attempts = 0;
    let away = true;
    const queue = new DeletionQueue(background, async (userId) => {
      attempts += 1;
      if (away) throw new Error('server closed');
      requested.push(userId);
    });
    for (const id of ids(3)) queue.add(id);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(attempts).toBeLessThan(100);
    away = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requested).toEqual(ids(3));
  });

  it('are not forgotten silently: stop() returns those that still wait', async () => {
    const queue = new DeletionQueue(background, () => Promise.reject(new Error('server closed')));
    for (const id of ids(3)) queue.add(id);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queue.stop()).toEqual(ids(3));
    expect(queue.add('user-later')).toBe(false);
  });

  it('are refused beyond what memory should hold', () => {
    const queue = new DeletionQueue(background, () => new Promise(() => undefined), 3);
    expect(ids(5).map((id) => queue.add(id))).toEqual([true, true, true, false, false]);
  });
});
