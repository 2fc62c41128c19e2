import fc from 'fast-check';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registry } from '../metrics/registry.js';
import { Job, type JobOptions, type Progress } from './job.js';

const EVERY_MS = 1_000;
const LONGEST_WAIT_MS = EVERY_MS * 1.25;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A job whose runs end when the test says so. */
class Scripted {
  readonly begun: ((outcome: Progress | Error) => Promise<void>)[] = [];
  underWay = 0;
  most = 0;
  signal: AbortSignal | undefined;
  readonly job: Job;

  constructor(options: Partial<JobOptions> = {}, retryMaximumMs = EVERY_MS) {
    const failure = { level: 'warn', msg: 'it did not work' } as const;
    this.job = new Job(
      { name: 'scripted', everyMs: EVERY_MS, failure, ...options },
      { run: (signal) => this.run(signal) },
      retryMaximumMs,
    );
  }

  /** The run that is under way. */
  end(outcome: Progress | Error = 'done'): Promise<void> {
    return this.begun.at(-1)!(outcome);
  }

  private run(signal: AbortSignal): Promise<Progress> {
    this.signal = signal;
    this.most = Math.max(this.most, (this.underWay += 1));
    return new Promise((resolve, reject) => {
      this.begun.push(async (outcome) => {
        this.underWay -= 1;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
        await vi.advanceTimersByTimeAsync(0);
      });
    });
  }
}

function started(...parameters: ConstructorParameters<typeof Scripted>): Scripted {
  const scripted = new Scripted(...parameters);
  scripted.job.start();
  return scripted;
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('a job', () => {
  it('runs after its interval, and again after the next one', async () => {
    const scripted = started();
    await pass(EVERY_MS * 0.74);
    expect(scripted.begun).toHaveLength(0);
    await pass(EVERY_MS);
    expect(scripted.begun).toHaveLength(1);
    await pass(10 * EVERY_MS);
    expect(scripted.begun).toHaveLength(1);
    await scripted.end();
    await pass(LONGEST_WAIT_MS);
    expect(scripted.begun).toHaveLength(2);
  });

  it('goes on at once where there is more', async () => {
    const scripted = started();
    await pass(LONGEST_WAIT_MS);
    await scripted.end('more');
    await scripted.end('more');
    await scripted.end('done');
    expect(scripted.begun).toHaveLength(3);
  });

  it('runs at once when it is nudged', async () => {
    const scripted = started();
    scripted.job.nudge();
    await pass(0);
    expect(scripted.begun).toHaveLength(1);
  });

  it('runs at its start when it was nudged before', async () => {
    const scripted = new Scripted();
    scripted.job.nudge();
    scripted.job.start();
    await pass(0);
    expect(scripted.begun).toHaveLength(1);
  });

  it('runs once more after a nudge during a run, which may have missed the new work', async () => {
    const scripted = started();
    scripted.job.nudge();
    await pass(0);
    scripted.job.nudge();
    scripted.job.nudge();
    expect(scripted.begun).toHaveLength(1);
    await scripted.end();
    expect(scripted.begun).toHaveLength(2);
    await scripted.end();
    expect(scripted.begun).toHaveLength(2);
  });
});

describe('a run that is asked for', () => {
  it('has ended when its promise resolves, and began after the call', async () => {
    const scripted = started();
    scripted.job.nudge();
    await pass(0);
    const told = vi.fn();
    void scripted.job.runNow().then(told);
    await scripted.end();
    expect(told).not.toHaveBeenCalled();
    await scripted.end('more');
    expect(told).not.toHaveBeenCalled();
    await scripted.end('done');
    expect(told).toHaveBeenCalledOnce();
  });

  it('resolves although it fails, and although the job stops', async () => {
    Logger.overrideLogger(false);
    const scripted = started();
    const failed = scripted.job.runNow();
    await pass(0);
    await scripted.end(new Error('server closed'));
    await failed;
    const late = new Scripted();
    const unanswered = late.job.runNow();
    await late.job.stop();
    await unanswered;
    await late.job.runNow();
    expect(late.begun).toHaveLength(0);
  });
});

describe('a job that fails', () => {
  const warn = () => vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

  it('logs each failed run once, with the job’s name', async () => {
    const logged = warn();
    const scripted = started();
    await pass(LONGEST_WAIT_MS);
    const error = new Error('server closed');
    await scripted.end(error);
    expect(logged.mock.calls).toEqual([[{ msg: 'it did not work', job: 'scripted', err: error }]]);
  });

  it('waits longer and longer, to a maximum, even when it is nudged', async () => {
    warn();
    const scripted = started({ everyMs: 1 }, 3_000);
    await pass(2);
    for (const ceiling of [500, 1_000, 2_000, 3_000, 3_000]) {
      const { length } = scripted.begun;
      await scripted.end(new Error('server closed'));
      scripted.job.nudge();
      await pass(ceiling / 2 - 1);
      expect(scripted.begun).toHaveLength(length);
      await pass(ceiling / 2 + 1);
      expect(scripted.begun).toHaveLength(length + 1);
    }
  });

  it('is as before once it has succeeded', async () => {
    warn();
    const scripted = started();
    await pass(LONGEST_WAIT_MS);
    await scripted.end(new Error('server closed'));
    await pass(500);
    await scripted.end();
    await pass(EVERY_MS * 0.74);
    expect(scripted.begun).toHaveLength(2);
    scripted.job.nudge();
    await pass(0);
    expect(scripted.begun).toHaveLength(3);
  });
});

describe('a job that is stopped', () => {
  it('while it waits, ends at once and for good', async () => {
    const scripted = started();
    await scripted.job.stop();
    scripted.job.nudge();
    scripted.job.start();
    await pass(10 * EVERY_MS);
    expect(scripted.begun).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('while it runs, tells the run to end, and waits for it', async () => {
    const scripted = started();
    scripted.job.nudge();
    await pass(0);
    expect(scripted.signal!.aborted).toBe(false);
    const stopped = vi.fn();
    void scripted.job.stop().then(stopped);
    await pass(10 * EVERY_MS);
    expect(scripted.signal!.aborted).toBe(true);
    expect(stopped).not.toHaveBeenCalled();
    await scripted.end('more');
    expect(stopped).toHaveBeenCalledOnce();
    expect(scripted.begun).toHaveLength(1);
  });
});

describe('the metrics of a job', () => {
  it('count its runs and failures, and say when it last succeeded', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    vi.setSystemTime(1_000_000);
    const scripted = started({ name: 'measured' });
    expect(await shown()).toContain(
      'progress_job_last_success_timestamp_seconds{job="measured"} 1000',
    );
    vi.setSystemTime(2_000_000);
    scripted.job.nudge();
    await pass(0);
    await pass(300);
    await scripted.end();
    vi.setSystemTime(3_000_000);
    scripted.job.nudge();
    await pass(0);
    await scripted.end(new Error('server closed'));
    const text = await shown();
    expect(text).toContain('progress_job_runs_total{job="measured",outcome="succeeded"} 1');
    expect(text).toContain('progress_job_runs_total{job="measured",outcome="failed"} 1');
    expect(text).toContain('progress_job_seconds_count{job="measured"} 2');
    expect(text).toContain('progress_job_seconds_sum{job="measured"} 0.3');
    expect(text).toContain('progress_job_last_success_timestamp_seconds{job="measured"} 2000.3');
    await scripted.job.stop();
  });
  const shown = () => registry.metrics();
});

describe('whatever happens to a job', () => {
  it('two runs are never under way at once, and no nudge is without a run that began after it', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const step = fc.oneof(
      fc.constantFrom('nudge', 'runNow', 'start', 'more', 'done', 'fail' as const),
      fc.integer({ min: 0, max: 2 * EVERY_MS }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const scripted = started();
        for (const action of steps) {
          if (typeof action === 'number') await pass(action);
          else if (action === 'nudge') scripted.job.nudge();
          else if (action === 'runNow') void scripted.job.runNow();
          else if (action === 'start') scripted.job.start();
          else if (scripted.underWay > 0)
            await scripted.end(action === 'fail' ? new Error('server closed') : action);
        }
        if (scripted.underWay > 0) await scripted.end('done');
        const { length } = scripted.begun;
        scripted.job.nudge();
        await pass(LONGEST_WAIT_MS);
        if (scripted.begun.length === length) {
          expect(scripted.underWay).toBe(1);
          await scripted.end('done');
        }
        expect(scripted.begun.length).toBeGreaterThan(length);
        expect(scripted.most).toBe(1);
        const stopped = scripted.job.stop();
        if (scripted.underWay > 0) await scripted.end('done');
        await stopped;
      }),
      { numRuns: 200 },
    );
  });
});
