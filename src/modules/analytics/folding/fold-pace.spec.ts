import { describe, expect, it } from 'vitest';
import { FoldPace, ROWS_MAXIMUM } from './fold-pace.js';

const QUICK_MS = 1;

describe('the pace of folding', () => {
  it('takes fewer rows while these take long, and more again when they do not', () => {
    const pace = new FoldPace();
    for (let quick = 0; quick < 5; quick += 1) pace.rest(10, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM);
    pace.rest(1_000, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 4);
    pace.rest(10, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 2);
    pace.rest(10, QUICK_MS);
    pace.rest(10, QUICK_MS);
    expect(pace.rows).toBe(ROWS_MAXIMUM);
  });

  it('never comes to nothing, however often it fails', () => {
    const pace = new FoldPace();
    for (let failure = 0; failure < 20; failure += 1) pace.shrink();
    expect(pace.rows).toBe(1);
  });

  it('rests long while the database is slow, and shortly otherwise, whatever the moves cost', () => {
    const pace = new FoldPace();
    expect(pace.rest(100, QUICK_MS)).toBe(25);
    expect(pace.rest(400, QUICK_MS)).toBe(100);
    expect(pace.rest(100, 20)).toBe(400);
    expect(pace.rest(60_000, QUICK_MS)).toBe(2_000);
  });
});
