import { beforeEach, describe, expect, it } from 'vitest';
import { EvaluationPace } from './evaluation-pace.js';

let pace: EvaluationPace;

beforeEach(() => {
  pace = new EvaluationPace(500);
});

describe('the number of learners', () => {
  it('begins at the maximum and never exceeds it', () => {
    expect(pace.learners).toBe(500);
    pace.rest(500, 1);
    expect(pace.learners).toBe(500);
  });

  it('becomes what fits in the time that others can wait', () => {
    pace.rest(500, 100);
    expect(pace.learners).toBe(200);
  });

  it('at most doubles from one batch to the next', () => {
    pace.rest(500, 200);
    expect(pace.learners).toBe(100);
    pace.rest(100, 1);
    expect(pace.learners).toBe(200);
  });

  it('halves after a failure', () => {
    pace.shrink();
    expect(pace.learners).toBe(250);
  });

  it('does not fall so far that only the way to the database is paid for', () => {
    pace.rest(500, 60_000);
    expect(pace.learners).toBe(100);
    expect(new EvaluationPace(7).learners).toBe(7);
  });

  it('is not changed by learners of whom nothing had to be counted', () => {
    pace.rest(0, 1_000);
    expect(pace.learners).toBe(500);
  });
});

describe('the rest', () => {
  it('leaves three quarters of the time to others', () => {
    expect(pace.rest(500, 40)).toBe(120);
  });

  it('is bounded', () => {
    expect(pace.rest(500, 60_000)).toBe(1_000);
  });
});
