import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { ErasureFacade } from './facade/erasure.facade.js';
import { ErasureFinisher } from './erasure-finisher.service.js';

let background: BackgroundJobs;
let resume: ReturnType<typeof vi.fn<ErasureFacade['resume']>>;
let finisher: ErasureFinisher;

beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
  resume = vi.fn<ErasureFacade['resume']>().mockResolvedValue(false);
  background = new BackgroundJobs({ SHUTDOWN_GRACE_MS: 0 });
  finisher = new ErasureFinisher(background, { resume } as unknown as ErasureFacade);
  background.onApplicationBootstrap();
});
afterEach(async () => {
  const stopped = background.onApplicationShutdown();
  await vi.advanceTimersByTimeAsync(0);
  await stopped;
  vi.useRealTimers();
});

it('an erasure that is requested while the eraser runs does not wait for its next turn', async () => {
  let end: (more: boolean) => void = () => undefined;
  resume.mockImplementationOnce(() => new Promise((resolve) => (end = resolve)));
  finisher.nudge();
  await vi.advanceTimersByTimeAsync(0);
  finisher.nudge();
  expect(resume).toHaveBeenCalledTimes(1);
  end(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(resume).toHaveBeenCalledTimes(2);
});

it('an erasure that is requested after others failed waits for a second, not for the next turn', async () => {
  resume.mockRejectedValue(new Error('server closed'));
  finisher.nudge();
  await vi.advanceTimersByTimeAsync(20_000);
  resume.mockClear();
  resume.mockResolvedValue(false);
  finisher.nudge();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(resume).toHaveBeenCalled();
});
