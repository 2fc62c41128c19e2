import * as numbers from '../../format/numbers.ts';
import type { Key } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { NOTHING } from '../../ui/table.ts';
import type { LessonData } from './curve-exhibit.tsx';

type Write = (value: number) => string;

/** Of a quotient; more than 100 where most is watched more than twice. */
const inPercent = (ratio: number | null): number | null =>
  ratio === null ? null : Math.round(ratio * 100);

/** The lesson as a whole. */
export function LessonFacts({ lesson }: { lesson: LessonData['lesson'] }) {
  const facts: [Key, number | null, Write][] = [
    ['column.started', lesson.started, numbers.count],
    ['column.completed', lesson.completed, numbers.count],
    ['column.stopped', lesson.stopped, numbers.count],
    ['column.coverage', lesson.average_coverage, numbers.percent],
    ['lesson.introHold', lesson.intro_hold, numbers.percent],
    ['lesson.rewatch', inPercent(lesson.rewatch_ratio), numbers.percent],
    ['column.time', lesson.watch_time_seconds, numbers.duration],
  ];
  return (
    <div class="small-facts">
      <p class="sentence">
        {text('lessons.terms')} {text('lesson.rewatchTerms')}
      </p>
      <Facts
        facts={facts.map(([name, value, write]) => ({
          name: text(name),
          value,
          shown: value === null ? NOTHING : write(value),
        }))}
      />
    </div>
  );
}
