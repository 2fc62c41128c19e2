import { describe, expect, it } from 'vitest';
import type { LessonMove } from './move.js';
import { storedMoves } from './stored-moves.js';

const NOW = new Date('2026-03-01T12:00:07Z');
const QUARTER = Date.parse('2026-03-01T12:00:00Z') / 900_000;
const move = (given: Partial<LessonMove>): LessonMove => ({
  ...{ k: 'l', u: 'ann', c: 'course', l: 'lesson', t: QUARTER },
  ...given,
});
const stored = (...moves: LessonMove[]): unknown => JSON.parse(storedMoves(moves, NOW).moves);
const LESSON = { c: 'course', l: 'lesson' };

describe('what the journal stores of a move', () => {
  it('is short when it is of the row’s learner and now', () => {
    expect(storedMoves([move({})], NOW).userId).toBe('ann');
    expect(stored(move({ w: 10, p: 10, a: 8 }))).toEqual([{ ...LESSON, w: 10, p: 10 }]);
  });

  it('names another learner of the batch, another time, and activity without seconds', () => {
    expect(
      stored(
        move({ s: 1, a: 8 }),
        move({ u: 'ben', p: 10, a: 7 }),
        move({ t: QUARTER - 1, p: 10, a: 8 }),
      ),
    ).toEqual([
      { ...LESSON, s: 1, a: 8 },
      { ...LESSON, u: 'ben', p: 10, a: 7 },
      { ...LESSON, t: QUARTER - 1, p: 10, a: 8 },
    ]);
  });
});
