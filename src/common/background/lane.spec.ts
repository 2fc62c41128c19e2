import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackgroundJobs } from './background-jobs.service.js';

const POLL_MS = 1_000;
let background: BackgroundJobs;

beforeEach(() => {
  vi.useFakeTimers();
  background = new BackgroundJobs({ SHUTDOWN_GRACE_MS: 60_000 });
  background.onApplicationBootstrap();
});
afterEach(() => void vi.useRealTimers());

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** A lane over entries in memory, each attempted until the test ends it. */
function laneOver(name: string, due: string[], concurrency: number) {
  const underWay = new Map<string, () => void>();
  const claim = vi.fn(async (limit: number) => due.splice(0, limit));
  const job = background.lane({
    name,
    concurrency,
    everyMs: POLL_MS,
    claim,
    attempt: (entry) =>
      new Promise<void>((resolve) => {
        underWay.set(entry, () => {
          underWay.delete(entry);
          resolve();
        });
      }),
    failure: { level: 'error', msg: 'nothing was claimed' },
  });
  const end = async (entry: string) => {
    underWay.get(entry)!();
    await pass(0);
  };
  return { job, claim, end, entries: () => [...underWay.keys()] };
}

describe('a lane', () => {
  it('attempts as many entries at once as it has slots, and takes the next when one is free', async () => {
    const lane = laneOver('busy', ['a', 'b', 'c', 'd'], 2);
    await pass(0);
    expect(lane.entries()).toEqual(['a', 'b']);
    await pass(10 * POLL_MS);
    expect(lane.entries()).toEqual(['a', 'b']);
    await lane.end('a');
    expect(lane.entries()).toEqual(['b', 'c']);
    expect(lane.claim.mock.calls).toEqual([[2], [1]]);
  });

  it('looks again after a while, and at once when it is nudged', async () => {
    const due: string[] = [];
    const lane = laneOver('idle', due, 2);
    await pass(0);
    due.push('a');
    await pass(POLL_MS * 0.74);
    expect(lane.entries()).toEqual([]);
    await pass(POLL_MS);
    expect(lane.entries()).toEqual(['a']);
    due.push('b');
    lane.job.nudge();
    await pass(0);
    expect(lane.entries()).toEqual(['a', 'b']);
  });

  it('does not hold up another lane whose entries can be done', async () => {
    const stuck = laneOver('stuck', ['a', 'b', 'c'], 2);
    const quick = laneOver('quick', ['x', 'y', 'z'], 1);
    await pass(0);
    expect(stuck.entries()).toEqual(['a', 'b']);
    for (const entry of ['x', 'y', 'z']) await quick.end(entry);
    expect(quick.entries()).toEqual([]);
    expect(stuck.entries()).toEqual(['a', 'b']);
  });

  it('tries again within five seconds after a claim that failed', async () => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const lane = laneOver('failing', ['a'], 1);
    for (let failure = 0; failure < 20; failure += 1)
      lane.claim.mockRejectedValueOnce(new Error('server closed'));
    await pass(20 * 5_000);
    expect(logged).toHaveBeenCalledTimes(20);
    expect(lane.entries()).toEqual(['a']);
  });

  it('survives an attempt that throws, and says so', async () => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const due = ['a', 'b'];
    const attempt = vi.fn(() => Promise.reject(new Error('a fault of ours')));
    background.lane({
      name: 'faulty',
      concurrency: 1,
      everyMs: POLL_MS,
      claim: async (limit) => due.splice(0, limit),
      attempt,
      failure: { level: 'error', msg: 'nothing was claimed' },
    });
    await pass(0);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ job: 'faulty' }));
  });

  it('that is stopped claims nothing more, and waits for what is under way', async () => {
    const lane = laneOver('stopping', ['a', 'b', 'c'], 2);
    await pass(0);
    const stopped = vi.fn();
    void lane.job.stop().then(stopped);
    await lane.end('a');
    expect(stopped).not.toHaveBeenCalled();
    await lane.end('b');
    expect(stopped).toHaveBeenCalledOnce();
    expect(lane.claim).toHaveBeenCalledOnce();
  });
});
