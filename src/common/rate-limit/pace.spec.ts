import { describe, expect, it } from 'vitest';
import { BURST_MS, Pace, WAIT_MAXIMUM_MS } from './pace.js';

const NOW = 1_000_000;
const waits = (pace: Pace, cost: number, times: number, now = NOW): number[] =>
  Array.from({ length: times }, () => pace.take('me', cost, now))
    .filter(({ refused }) => !refused)
    .map(({ waitMs }) => waitMs);

describe('the pace of a user', () => {
  it('lets usual requests through at once, dozens of them', () => {
    expect(waits(new Pace(1_000), 12, 83).every((waitMs) => waitMs === 0)).toBe(true);
  });

  it('makes dear requests wait for each other, then refuses them', () => {
    const pace = new Pace(1_000);
    expect(waits(pace, 1_000, 10)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(pace.take('another', 1_000, NOW)).toEqual({ waitMs: 0, refused: false });
    expect(waits(pace, 1_000, 10, NOW + 1_500)).toEqual([4_500]);
  });

  it('takes nothing for what it refused', () => {
    const pace = new Pace(1_000);
    waits(pace, 1_000, 1_000);
    expect(waits(pace, 1_000, 1, NOW + BURST_MS + WAIT_MAXIMUM_MS)).toEqual([0]);
  });

  it('carries out any request after a pause, whatever it costs', () => {
    const pace = new Pace(10);
    expect(waits(pace, 1_000_000, 1)).toEqual([0]);
    expect(waits(pace, 1_000_000, 1, NOW + BURST_MS)).toEqual([0]);
  });
});
