import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

describe('backoffMs', () => {
  it('doubles what it draws from, up to the cap', () => {
    const largest = () => 1;
    expect(
      [1, 2, 3, 6, 7, 1_000_000].map((attempts) => backoffMs(attempts, 20_000, largest)),
    ).toEqual([500, 1_000, 2_000, 16_000, 20_000, 20_000]);
  });

  it('draws from the whole interval', () => {
    expect(backoffMs(5, 20_000, () => 0)).toBe(0);
    expect(backoffMs(5, 20_000, () => 0.5)).toBe(4_000);
  });
});
