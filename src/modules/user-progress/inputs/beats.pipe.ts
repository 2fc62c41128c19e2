import { Injectable, type PipeTransform } from '@nestjs/common';
import {
  InvalidFieldsError,
  type FieldProblem,
} from '../../../common/errors/invalid-fields.error.js';
import { rangeProblem } from '../../../common/graphql/range.pipe.js';
import { INT_MAXIMUM } from '../../../common/graphql/int.js';
import {
  PLAYBACK_RATE_MAXIMUM,
  PLAYBACK_RATE_MINIMUM,
  SECONDS_MAXIMUM,
} from '../evidence/limits.js';
import type { BeatInput, RecordWatchInput } from './record-watch.input.js';

/** Smallest and largest value of each number of a beat, both allowed. */
const BOUNDS = [
  // A session's ranges are half-open, so the sequence number plus one must also be an Int.
  ['seq', 0, INT_MAXIMUM - 1],
  ['from', 0, SECONDS_MAXIMUM],
  ['to', 0, SECONDS_MAXIMUM],
  ['rate', PLAYBACK_RATE_MINIMUM, PLAYBACK_RATE_MAXIMUM],
] as const;

/**
 * Refuses beats whose numbers are out of bounds, naming each. A request may have 500 beats: class-validator would take
 * a quarter of its time.
 */
@Injectable()
export class BeatsPipe implements PipeTransform<RecordWatchInput, RecordWatchInput> {
  transform(input: RecordWatchInput): RecordWatchInput {
    const problems = input.beats.flatMap(problemsOf);
    if (problems.length > 0) throw new InvalidFieldsError(problems);
    return input;
  }
}

function problemsOf(beat: BeatInput, index: number): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const [name, minimum, maximum] of BOUNDS) {
    const problem = rangeProblem(beat[name], minimum, maximum);
    if (problem) problems.push({ field: `beats.${index}.${name}`, ...problem });
  }
  return problems;
}
