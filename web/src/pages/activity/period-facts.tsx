import { useLocation } from 'preact-iso';
import { dayMedium } from '../../format/days.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { linkWith } from '../../ui/links.ts';
import { usePeriod } from '../../ui/period.tsx';
import { NOTHING } from '../../ui/table.ts';
import { changeOver } from './change.ts';
import { headlineOf } from './headline.ts';
import { METRICS, metricOf, type Day, type PeriodFigures } from './metrics.ts';

interface PeriodFactsProps {
  now: PeriodFigures;
  before: PeriodFigures;
  /** Of the period; null where they are not here yet. */
  days: readonly Day[] | null;
  /** From this day on activity is known. */
  since: string;
}

/** The four figures of a period, of which days each is, and how it changed. A click draws one of them below. */
export function PeriodFacts({ now, before, days, since }: PeriodFactsProps) {
  const chosen = metricOf(useLocation().query['metric']);
  const period = usePeriod();
  return (
    <Facts
      facts={METRICS.map((metric) => {
        const { value, since: knownSince } = headlineOf(metric, { now, days, since });
        const span = metric.fixedDays ?? period;
        return {
          name: text(metric.name),
          span:
            knownSince === null
              ? text('span.days', { count: span })
              : text('span.since', { day: dayMedium(knownSince) }),
          value,
          shown: value === null ? NOTHING : metric.write(value),
          beside: changeOver(
            {
              before: metric.ofPeriod(before),
              now: metric.ofPeriod(now),
              write: metric.write,
            },
            span === period ? null : period,
          ),
          href: linkWith({ metric: metric === METRICS[0] ? undefined : metric.id }),
          isChosen: metric === chosen,
        };
      })}
    />
  );
}
