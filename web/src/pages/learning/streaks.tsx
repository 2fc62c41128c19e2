import { isToday } from '../../api/today.ts';
import type { Asked } from '../../api/use-figures.ts';
import { dayMedium, dayRange } from '../../format/days.ts';
import { days, duration } from '../../format/numbers.ts';
import type { LearningQuery } from '../../gql/graphql.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { WithFigures } from '../../ui/with-figures.tsx';
import { streakOf } from './longest-streak.ts';

type Learning = LearningQuery['learningActivity']['data'];

interface StreaksProps {
  asked: Asked<Learning>;
  /** The first of the days whose minutes are counted. */
  recent: string;
  /** The first of the days that are counted. */
  year: string;
}

export function Streaks({ asked, recent, year }: StreaksProps) {
  return (
    <WithFigures
      asked={asked}
      height={110}
      show={(data) => <StreakFacts {...{ data, recent, year }} />}
    />
  );
}

type StreakFactsProps = Omit<StreaksProps, 'asked'> & { data: Learning };

function StreakFacts({ data, recent, year }: StreakFactsProps) {
  const seconds = data.days
    .filter(({ day }) => day >= recent)
    .reduce((sum, day) => sum + day.seconds, 0);
  const { current_streak: current, longest_streak: longest, active_days: active } = data;
  const streak = streakOf(longest, data.days);
  const since = text('span.since', { day: dayMedium(data.since) });
  return (
    <Facts
      facts={[
        {
          name: text('learning.streak'),
          value: current,
          shown: days(current),
          beside: adviceFor(current, isToday(data.days.at(-1)?.day)),
        },
        {
          name: text('learning.longest'),
          value: longest,
          shown: days(longest),
          beside: streak ? dayRange(streak) : undefined,
        },
        {
          name: text('learning.active'),
          value: active,
          shown: days(active),
          beside: data.since > year ? since : undefined,
        },
        { name: text('learning.recent'), value: seconds, shown: duration(seconds) },
      ]}
    />
  );
}

function adviceFor(streak: number, hasLearnedToday: boolean): string | undefined {
  if (hasLearnedToday) return undefined;
  return text(streak > 0 ? 'learning.streakGoesOn' : 'learning.streakBegins');
}
