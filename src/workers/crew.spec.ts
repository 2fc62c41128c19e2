import { Logger } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Crew } from './crew.js';
import type { End, WorkerProcess } from './worker-process.js';

const LONG_MS = 60_000;

/** A worker that does what the test says. */
class FakeWorker {
  state: WorkerProcess['state'] = 'starting';
  servesSince: number | null = null;
  wasAsked = false;
  readonly signals: string[] = [];
  readonly channel = {} as WorkerProcess['channel'];
  private readonly happens = new EventEmitter();
  readonly serves = once(this.happens, 'serves').then(() => undefined);
  readonly ended = once(this.happens, 'ended').then(([end]) => end as End);
  private readonly hung = once(this.happens, 'hangs').then(() => undefined);
  readonly hangs = (): Promise<void> => this.hung;

  constructor(readonly pid: number) {}

  begin(): Promise<unknown> {
    this.state = 'serving';
    this.servesSince = performance.now();
    this.happens.emit('serves');
    return settled();
  }

  end(code: number | null, signal: string | null = null): Promise<unknown> {
    this.state = 'ended';
    this.happens.emit('ended', { code, signal });
    return settled();
  }

  hang(): Promise<unknown> {
    this.happens.emit('hangs');
    return settled();
  }

  retire(): Promise<void> {
    this.state = 'leaving';
    this.wasAsked = true;
    return Promise.resolve();
  }

  stop(signal: NodeJS.Signals): void {
    this.wasAsked = true;
    this.state = 'leaving';
    this.signals.push(signal);
  }

  kill(signal: NodeJS.Signals): void {
    this.signals.push(signal);
  }
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a crew of two workers', () => {
  let crew: Crew;
  const started: FakeWorker[] = [];
  const ended = vi.fn<(code: number) => void>();
  const states = (): string[] => started.map(({ state }) => state);
  const worker = (number: number): FakeWorker => started[number - 1]!;

  beforeEach(() => {
    vi.useFakeTimers();
    for (const method of ['log', 'error'] as const)
      vi.spyOn(Logger.prototype, method).mockReturnValue(undefined);
    started.length = 0;
    ended.mockClear();
    const start = (): FakeWorker => {
      started.push(new FakeWorker(started.length + 1));
      return started.at(-1)!;
    };
    crew = new Crew({ size: 2, graceMs: 8_500, retireMs: 80_000, start, ended });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const bothServe = async (): Promise<void> => {
    await worker(1).begin();
    await worker(2).begin();
    await vi.advanceTimersByTimeAsync(LONG_MS);
  };

  it('starts one, then the other', async () => {
    expect(states()).toEqual(['starting']);
    await worker(1).begin();
    expect(states()).toEqual(['serving', 'starting']);
  });

  it('ends with the error of the first start, if that fails', async () => {
    await worker(1).end(78);
    expect(ended.mock.calls).toEqual([[78]]);
    expect(started).toHaveLength(1);
  });

  it('replaces one that dies', async () => {
    await bothServe();
    await worker(1).end(null, 'SIGKILL');
    expect(states()).toEqual(['ended', 'serving', 'starting']);
    expect(ended).not.toHaveBeenCalled();
  });

  it('tries again at growing intervals while another one serves, and does not end', async () => {
    await bothServe();
    await worker(1).end(1);
    for (let start = 3; start <= 12; start += 1) {
      await worker(start).end(1);
      expect(started).toHaveLength(start);
      await vi.advanceTimersByTimeAsync(200);
      expect(started).toHaveLength(start);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(started).toHaveLength(start + 1);
    }
    expect(ended).not.toHaveBeenCalled();
    expect(worker(2).signals).toEqual([]);
  });

  it('ends with the error of the fifth start that fails in a row, while none serves', async () => {
    await bothServe();
    await worker(1).end(null, 'SIGKILL');
    await worker(2).end(null, 'SIGKILL');
    for (let failed = 0; failed < 5; failed += 1) {
      expect(ended).not.toHaveBeenCalled();
      await started.find(({ state }) => state === 'starting')!.end(3);
      await vi.advanceTimersByTimeAsync(30_000);
    }
    for (const other of started) if (other.state !== 'ended') await other.end(143);
    expect(ended.mock.calls).toEqual([[3]]);
  });

  it('replaces all on demand, one by one, each once another one serves in its place', async () => {
    await bothServe();
    crew.renew();
    expect(states()).toEqual(['serving', 'serving', 'starting']);
    await worker(3).begin();
    expect(states()).toEqual(['leaving', 'serving', 'serving']);
    await worker(1).end(0);
    expect(states()).toEqual(['ended', 'serving', 'serving', 'starting']);
    await worker(4).begin();
    await worker(2).end(0);
    expect(states()).toEqual(['ended', 'ended', 'serving', 'serving']);
    await vi.advanceTimersByTimeAsync(LONG_MS);
    expect(started).toHaveLength(4);
  });

  it('replaces those, too, that are still starting when it is asked to', async () => {
    await worker(1).begin();
    crew.renew();
    for (let next = 2; next <= 3; next += 1) await worker(next).begin();
    await worker(1).end(0);
    await worker(4).begin();
    expect(states()).toEqual(['ended', 'leaving', 'serving', 'serving']);
    expect(started).toHaveLength(4);
  });

  it('keeps those that serve when their successor cannot start', async () => {
    await bothServe();
    crew.renew();
    for (let next = 3; next <= 7; next += 1) {
      await worker(next).end(1);
      await vi.advanceTimersByTimeAsync(30_000);
    }
    expect(states().slice(0, 3)).toEqual(['serving', 'serving', 'ended']);
    expect(started).toHaveLength(7);
  });

  it('kills one that does not answer, and replaces it', async () => {
    await bothServe();
    await worker(2).hang();
    expect(worker(2).signals).toEqual(['SIGKILL']);
    await worker(2).end(null, 'SIGKILL');
    expect(states()).toEqual(['serving', 'ended', 'starting']);
  });

  it('stops all, and ends last, with 0', async () => {
    await bothServe();
    crew.stop('SIGTERM', 143);
    expect(started.map(({ signals }) => signals)).toEqual([['SIGTERM'], ['SIGTERM']]);
    await worker(1).end(0);
    expect(ended).not.toHaveBeenCalled();
    await worker(2).end(0);
    expect(ended.mock.calls).toEqual([[0]]);
  });

  it('ends with 1 when one did not finish what it had begun', async () => {
    await bothServe();
    crew.stop('SIGTERM', 143);
    await worker(1).end(1);
    await worker(2).end(0);
    expect(ended.mock.calls).toEqual([[1]]);
  });

  it('kills one that does not end in time', async () => {
    await bothServe();
    crew.stop('SIGTERM', 143);
    await worker(1).end(0);
    await vi.advanceTimersByTimeAsync(8_500);
    expect(worker(2).signals).toEqual(['SIGTERM', 'SIGKILL']);
    await worker(2).end(null, 'SIGKILL');
    expect(ended.mock.calls).toEqual([[1]]);
  });

  it('ends as the signal says, when it is stopped before it served', async () => {
    crew.stop('SIGTERM', 143);
    await worker(1).end(143);
    expect(ended.mock.calls).toEqual([[143]]);
  });
});
