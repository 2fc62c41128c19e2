import { describe, expect, it } from 'vitest';
import { FoldPace, ROWS_MAXIMUM } from './fold-pace.js';

describe('the pace of folding', () => {
  it('takes fewer rows while these take long, and more again when they do not', () => {
    const pace = new FoldPace();
    for (let quick = 0; quick < 5; quick += 1) pace.rest(10_000, 10);
    expect(pace.rows).toBe(ROWS_MAXIMUM);
    pace.rest(10_000, 1_000);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 4);
    pace.rest(10_000, 10);
    expect(pace.rows).toBe(ROWS_MAXIMUM / 2);
    pace.rest(10_000, 10);
    pace.rest(10_000, 10);
    expect(pace.rows).toBe(ROWS_MAXIMUM);
  });

  it('never comes to nothing, however often it fails', () => {
    const pace = new FoldPace();
    for (let failure = 0; failure < 20; failure += 1) pace.shrink();
    expect(pace.rows).toBe(1);
  });

  it('rests long while the database is slow, and shortly otherwise', () => {
    const pace = new FoldPace();
    expect(pace.rest(10_000, 100)).toBe(25);
    expect(pace.rest(10_000, 400)).toBe(1_600);
    expect(pace.rest(10_000, 100)).toBe(25);
    expect(pace.rest(1_000, 60_000)).toBe(2_000);
  });

  it('does not take a small portion for a slow one, or it would stay behind once it has shrunk', () => {
    const pace = new FoldPace();
    pace.rest(100_000, 700);
    expect(pace.rest(256, 14)).toBe(3.5);
  });
});
