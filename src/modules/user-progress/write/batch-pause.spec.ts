import { expect, it } from 'vitest';
import { BatchPause } from './batch-pause.js';

it('is due after a batch of many changes, unless many wait already', () => {
  const pause = new BatchPause();
  pause.noteBatch(20);
  expect(pause.isDue(false)).toBe(true);
  expect(pause.isDue(true)).toBe(false);
});

it('is never due for a few learners, whom it would only slow down', () => {
  const pause = new BatchPause();
  expect(pause.isDue(false)).toBe(false);
  for (const size of [20, 1, 2]) pause.noteBatch(size);
  expect(pause.isDue(false)).toBe(false);
});
