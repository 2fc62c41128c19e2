import { describe, expect, it } from 'vitest';
import { FoldPace, ROWS_MAXIMUM } from './fold-pace.js';

const QUICK_MS = 1;

/** A pace that has found out that rows are folded quickly. */
function warm(): FoldPace {
  const pace = new FoldPace();
  for (let quick = 0; quick < 10; quick += 1) pace.rest(pace.rows, 10, QUICK_MS);
  return pace;
}

describe('the pace of folding', () => {
  it('takes fewer rows while these take long, and more again when they do not', () => {
    const pace = warm();
    expect(pace.rows).toBe(ROWS_MAXIMUM);
    pace.rest(pace.rows, 2_000, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 4);
    pace.rest(pace.rows, 10, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 2);
    pace.rest(pace.rows, 10, QUICK_MS);
    pace.rest(pace.rows, 10, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM);
  });

  it('goes by the rows that it got, where these are so large that it got fewer than it wanted', () => {
    const pace = warm();
    pace.rest(80, 500, QUICK_MS);
    expect(pace.rows).toBe(80);
  });

  it('never comes to nothing, however often it fails', () => {
    const pace = new FoldPace();
    for (let failure = 0; failure < 20; failure += 1) pace.shrink();
    expect(pace.rows).toBe(1);
  });

  it('rests long while the database is slow, shortly while it is busy, and not while it has room, whatever the moves cost', () => {
    const pace = new FoldPace();
    expect(pace.rest(50, 100, QUICK_MS)).toBe(0);
    expect(pace.rest(50, 400, QUICK_MS)).toBe(0);
    expect(pace.rest(50, 100, 5)).toBe(25);
    expect(pace.rest(50, 400, 5)).toBe(100);
    expect(pace.rest(50, 100, 20)).toBe(400);
    expect(pace.rest(50, 60_000, 5)).toBe(2_000);
  });
});
