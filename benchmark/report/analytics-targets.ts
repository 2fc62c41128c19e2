import type { AnalyticsSize, QuestionFigures } from '../analytics/results.ts';
import { atLeast, atMost, type Verdict } from './verdict.ts';

const P50_MAXIMUM_MS = 20;
const P99_MAXIMUM_MS = 50;
/** A question may cost so much more at the largest size. */
const GROWTH_MAXIMUM = 1.2;
/** Moves that one folder has to fold in a second, in which PostgreSQL has one core for it. */
const MOVES_MINIMUM = 20_000;

/** Processor time of an answer, of the service and of PostgreSQL, in microseconds. */
export const processorOf = ({
  serverMicroseconds,
  databaseMicroseconds,
}: QuestionFigures): number => serverMicroseconds + databaseMicroseconds;

/** The targets of analytics at the largest size, and its growth from the smallest. */
export function analyticsVerdicts(sizes: readonly AnalyticsSize[]): Verdict[] {
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (!smallest || !largest) return [];
  const at = `at ${largest.records.toLocaleString('en')} records`;
  return [
    ...largest.questions.flatMap((one, index) => [
      atMost(`${one.name} ${at}: p50 alone, ms`, one.alone.p50, P50_MAXIMUM_MS),
      atMost(`${one.name} ${at}: p99 alone, ms`, one.alone.p99, P99_MAXIMUM_MS),
      ...(largest === smallest
        ? []
        : [
            atMost(
              `${one.name} ${at}: processor time, against ${smallest.records.toLocaleString('en')}`,
              processorOf(one) / processorOf(smallest.questions[index]!),
              GROWTH_MAXIMUM,
            ),
          ]),
    ]),
    ...largest.folding.map(({ title, databaseMicroseconds }) =>
      atLeast(
        `folding ${at}, ${title}: moves a second of PostgreSQL’s processor time`,
        1_000_000 / databaseMicroseconds,
        MOVES_MINIMUM,
      ),
    ),
  ];
}
