import { expect, it } from 'vitest';
import { Random } from './random.ts';
import { withStepsBack } from './steps-back.ts';

const WATCHED = { from: 100, to: 600 };
const LEARNERS = 2_000;

it('a few percent see a second again, anywhere but at the beginning, and all see all of it', () => {
  const seen = Array.from({ length: LEARNERS }, (_, seed) =>
    withStepsBack([WATCHED], new Random(seed)),
  );
  for (let second = WATCHED.from; second < WATCHED.to; second += 1) {
    const times = seen.map(
      (plays) => plays.filter(({ from, to }) => from <= second && second < to).length,
    );
    expect(Math.min(...times)).toBe(1);
    const again = times.filter((count) => count > 1).length / LEARNERS;
    if (second >= 140 && second < 590) expect(again).toBeGreaterThan(0.005);
    expect(again).toBeLessThan(0.05);
  }
});

it('a stretch that is shorter than a step stays as it is', () => {
  const short = [{ from: 0, to: 5 }];
  expect(withStepsBack(short, new Random(1))).toEqual(short);
});
