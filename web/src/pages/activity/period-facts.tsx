import { useLocation } from 'preact-iso';
import { dayMedium, dayRange, daysBetween } from '../../format/days.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { linkWith } from '../../ui/links.ts';
import { NOTHING } from '../../ui/table.ts';
import { changeOver } from './change.ts';
import { headlineOf } from './headline.ts';
import { METRICS, metricOf, type Day, type PeriodFigures } from './metrics.ts';

interface PeriodFactsProps {
  now: PeriodFigures;
  /** What can be compared: without today, which is not over. Null where nothing is left. */
  whole: { period: PeriodFigures; period_before: PeriodFigures } | null;
  /** Null where they are not here yet. */
  days: readonly Day[] | null;
  /** From this day on activity is known. */
  since: string;
  metrics?: typeof METRICS;
}

/** The four figures of a period, of which days each is, and how it changed. A click draws one of them below. */
export function PeriodFacts({ now, whole, days, since, metrics = METRICS }: PeriodFactsProps) {
  const chosen = metricOf(useLocation().query['metric'], metrics);
  // Of the figures, not of the address: another period may be chosen, and its answer not there yet.
  const period = daysBetween(now.from, now.to) + 1;
  return (
    <>
      <Facts
        facts={metrics.map((metric) => {
          const { value, since: knownSince } = headlineOf(metric, { now, days, since });
          const { fixedDays: span = period, ofPeriod, write } = metric;
          return {
            name: text(metric.name),
            span:
              knownSince === null
                ? text('span.days', { count: span })
                : text('span.since', { day: dayMedium(knownSince) }),
            value,
            shown: value === null ? NOTHING : write(value),
            beside:
              whole &&
              changeOver(
                { before: ofPeriod(whole.period_before), now: ofPeriod(whole.period), write },
                span === period ? null : period,
              ),
            href: linkWith({ metric: metric === metrics[0] ? undefined : metric.id }),
            isChosen: metric === chosen,
          };
        })}
      />
      {whole && whole.period.to < now.to && (
        <p class="sentence">
          {text('change.whole', {
            days: dayRange(whole.period),
            before: dayRange(whole.period_before),
          })}
        </p>
      )}
    </>
  );
}
