import { describe, expect, it } from 'vitest';
import { backoffMs, jitteredMs, retryMs } from './backoff.js';

describe('backoffMs', () => {
  it('doubles the interval that it draws from, up to the cap', () => {
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

describe('retryMs', () => {
  it('draws from the upper half, so that no wait is near zero', () => {
    expect(retryMs(5, 20_000, () => 0)).toBe(4_000);
    expect(retryMs(5, 20_000, () => 1)).toBe(8_000);
    expect(retryMs(1_000_000, 20_000, () => 1)).toBe(20_000);
  });
});

describe('jitteredMs', () => {
  it('is a quarter more or less', () => {
    expect([0, 0.5, 1].map((drawn) => jitteredMs(1_000, () => drawn))).toEqual([750, 1_000, 1_250]);
  });
});
