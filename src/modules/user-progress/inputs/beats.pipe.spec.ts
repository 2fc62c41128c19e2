import { describe, expect, it } from 'vitest';
import { type InvalidFieldsError } from '../../../common/errors/invalid-fields.error.js';
import { BeatsPipe } from './beats.pipe.js';
import type { BeatInput, RecordWatchInput } from './record-watch.input.js';

const beat: BeatInput = { seq: 0, from: 0, to: 10, rate: 1, at: new Date() };
const input = (...beats: Partial<BeatInput>[]): RecordWatchInput => ({
  userId: 'u',
  courseId: 'c',
  lessonId: 'l',
  sessionId: 's',
  beats: beats.map((given) => ({ ...beat, ...given })),
});

function problems(given: RecordWatchInput): unknown {
  try {
    return new BeatsPipe().transform(given);
  } catch (error) {
    return (error as InvalidFieldsError).problems;
  }
}

describe('beats', () => {
  it('pass at their bounds', () => {
    const bounds = input(
      { seq: 0, from: 0, to: 0, rate: 0.1 },
      { seq: 2 ** 31 - 2, from: 2 ** 31 - 1, to: 2 ** 31 - 1, rate: 16 },
    );
    expect(problems(bounds)).toBe(bounds);
  });

  it.each([
    [{ seq: -1 }, 'seq', 'min', 0],
    [{ seq: 2 ** 31 - 1 }, 'seq', 'max', 2 ** 31 - 2],
    [{ from: -1 }, 'from', 'min', 0],
    [{ to: -1 }, 'to', 'min', 0],
    [{ to: 2 ** 31 }, 'to', 'max', 2 ** 31 - 1],
    [{ rate: 0 }, 'rate', 'min', 0.1],
    [{ rate: 16.1 }, 'rate', 'max', 16],
    [{ rate: Number.NaN }, 'rate', 'min', 0.1],
  ])('beyond them are refused, each named: %j', (given, name, key, constraint) => {
    expect(problems(input(beat, given))).toEqual([
      { field: `beats.1.${name}`, key, args: { constraint } },
    ]);
  });

  it('are told of all that is wrong at once', () => {
    const told = problems(input({ seq: -1, rate: 17 }, beat, { from: -5 })) as { field: string }[];
    expect(told.map(({ field }) => field)).toEqual(['beats.0.seq', 'beats.0.rate', 'beats.2.from']);
  });
});
