import { describe, expect, it } from 'vitest';
import { watchLesson, type Attention } from './attention.ts';
import { Random } from './random.ts';
import type { Moments } from './studied-course.ts';

const LESSON = { lessonId: 'lesson', durationSeconds: 600 };

/** What a thousand learners see of a lesson. */
function watchedBy(moments: Moments, from = 0): Attention[] {
  const lesson = { ...LESSON, ...moments };
  return Array.from({ length: 1_000 }, (_, seed) =>
    watchLesson(lesson, { from, patience: 0.5, random: new Random(seed) }),
  );
}

const share = (seen: readonly Attention[], holds: (one: Attention) => boolean): number =>
  seen.filter(holds).length / seen.length;

const saw =
  (second: number, times = 1) =>
  ({ plays }: Attention): boolean =>
    plays.filter(({ from, to }) => from <= second && second < to).length >= times;

describe('how a lesson is watched', () => {
  it('never leaves its seconds, and is mostly watched to the end', () => {
    const seen = watchedBy({ dull: [200, 250, 0.2], hard: [400, 430, 0.4], wall: 0.2 });
    const plays = seen.flatMap((one) => one.plays);
    expect(plays.filter(({ from, to }) => from < 0 || from >= to || to > 600)).toEqual([]);
    expect(share(watchedBy({}), ({ ending }) => ending === 'finished')).toBeGreaterThan(0.75);
  });

  it('loses at the beginning whom the beginning does not hold', () => {
    const seen = watchedBy({ introLoss: 0.3 });
    expect(share(seen, saw(2)) - share(seen, saw(40))).toBeCloseTo(0.3, 1);
  });

  it('is left for the next one, or jumped over, where it is dull', () => {
    const seen = watchedBy({ dull: [200, 250, 0.4] });
    expect(share(seen, saw(199)) - share(seen, saw(230))).toBeGreaterThan(0.3);
    expect(share(seen, saw(255))).toBeGreaterThan(share(seen, saw(230)));
  });

  it('is played again where it is hard', () => {
    const seen = watchedBy({ hard: [400, 430, 0.4] });
    expect(share(seen, saw(415, 2)) / share(seen, saw(415))).toBeCloseTo(0.4, 1);
    expect(share(seen, saw(300, 2))).toBe(0);
  });

  it('ends the course for those who give up in it', () => {
    const seen = watchedBy({ introLoss: 0, wall: 0.3 });
    expect(share(seen, ({ ending }) => ending === 'gave up')).toBeCloseTo(0.3, 1);
  });

  it('is gone on with where it was left', () => {
    const [first] = watchedBy({}, 450)[0]!.plays;
    expect(first!.from).toBe(450);
  });
});
