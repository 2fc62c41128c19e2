import { useLocation } from 'preact-iso';
import { dayMedium, dayRange, daysBetween } from '../../format/days.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { linkWith } from '../../ui/links.ts';
import { NOTHING } from '../../ui/table.ts';
import { changeOver, isChange } from './change.ts';
import { headlineOf } from './headline.ts';
import { METRICS, metricOf, type Day, type Metric, type PeriodFigures } from './metrics.ts';

interface Whole {
  period: PeriodFigures;
  period_before: PeriodFigures;
}

interface PeriodFactsProps {
  now: PeriodFigures;
  /** What can be compared: without today, which is not over. Null where nothing is left. */
  whole: Whole | null;
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
          const { fixedDays: span = period, write } = metric;
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
                { ...comparedOf(metric, whole), shown: value, write },
                span === period ? null : period,
              ),
            href: linkWith({ metric: metric === metrics[0] ? undefined : metric.id }),
            isChosen: metric === chosen,
          };
        })}
      />
      {whole && whole.period.to < now.to && (
        <Comparison whole={whole} changed={metrics.filter(hasChanged(whole))} />
      )}
    </>
  );
}

const comparedOf = ({ ofPeriod }: Metric, { period, period_before }: Whole) => ({
  before: ofPeriod(period_before),
  now: ofPeriod(period),
});

const hasChanged = (whole: Whole) => (metric: Metric) => isChange(comparedOf(metric, whole));

/** Which days are compared. Figures of a span of their own have other ones than the period. */
function Comparison({ whole, changed }: { whole: Whole; changed: readonly Metric[] }) {
  if (changed.length === 0) return null;
  const { period, period_before: before } = whole;
  const others = changed.flatMap(({ fixedDays: days }) =>
    days === undefined
      ? []
      : text('change.wholeActive', {
          days,
          to: dayMedium(period.to),
          before: dayMedium(before.to),
        }),
  );
  return (
    <p class="sentence">
      {text('change.whole', {
        days: dayRange(period),
        before: dayRange(before),
        others: others.join(''),
      })}
    </p>
  );
}
