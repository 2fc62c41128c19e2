import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackgroundJobs, type TaskOptions } from './background-jobs.service.js';

const GRACE_MS = 1_000;
let background: BackgroundJobs;

beforeEach(() => {
  vi.useFakeTimers();
  background = new BackgroundJobs({ SHUTDOWN_GRACE_MS: GRACE_MS });
});
afterEach(() => void vi.useRealTimers());

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

function task(options: Partial<TaskOptions> & { name: string }) {
  const run = vi.fn<TaskOptions['run']>().mockResolvedValue('done');
  const failure = { level: 'warn', msg: 'it did not work' } as const;
  const job = background.task({ everyMs: 100, run, failure, ...options });
  return { job, run };
}

it('starts jobs with the application, and a job that is added later at once', async () => {
  const early = task({ name: 'early' });
  await pass(1_000);
  expect(early.run).not.toHaveBeenCalled();
  background.onApplicationBootstrap();
  const late = task({ name: 'late' });
  await pass(125);
  expect(early.run).toHaveBeenCalled();
  expect(late.run).toHaveBeenCalled();
});

it('runs a job by its name, and refuses an unknown name', async () => {
  const { run } = task({ name: 'daily', everyMs: 86_400_000 });
  background.onApplicationBootstrap();
  await background.runNow('daily');
  expect(run).toHaveBeenCalledOnce();
  await expect(background.runNow('dayly')).rejects.toThrow('there is no job dayly');
});

it('refuses two jobs of one name: their metrics would be mixed', () => {
  task({ name: 'twin' });
  expect(() => task({ name: 'twin' })).toThrow('there are two jobs twin');
});

it('stops jobs before the last requests are answered, except those that requests need', async () => {
  const first = task({ name: 'first' });
  const last = task({ name: 'last', runsUntilRequestsEnd: true });
  background.onApplicationBootstrap();
  await background.beforeApplicationShutdown();
  await pass(1_000);
  expect(first.run).not.toHaveBeenCalled();
  expect(last.run).toHaveBeenCalled();
  await background.onApplicationShutdown();
  last.run.mockClear();
  await pass(1_000);
  expect(last.run).not.toHaveBeenCalled();
});

it('waits no longer than the grace period for a run that does not end', async () => {
  const { job } = task({ name: 'endless', run: () => new Promise(() => undefined) });
  background.onApplicationBootstrap();
  job.nudge();
  await pass(0);
  const stopped = vi.fn();
  void background.beforeApplicationShutdown().then(stopped);
  await pass(GRACE_MS - 1);
  expect(stopped).not.toHaveBeenCalled();
  await pass(1);
  expect(stopped).toHaveBeenCalledOnce();
});
