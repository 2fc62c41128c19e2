import { useLocation } from 'preact-iso';
import { change } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';
import { Facts } from '../../ui/facts.tsx';
import { linkWith } from '../../ui/links.ts';
import { NOTHING } from '../../ui/table.ts';
import { METRICS, metricOf, type PeriodFigures } from './metrics.ts';

interface PeriodFactsProps {
  now: PeriodFigures;
  before: PeriodFigures;
}

/** The four figures of a period, and how they changed. A click draws one of them below. */
export function PeriodFacts({ now, before }: PeriodFactsProps) {
  const chosen = metricOf(useLocation().query['metric']);
  return (
    <Facts
      facts={METRICS.map((metric) => {
        const value = metric.ofPeriod(now);
        return {
          name: text(metric.name),
          value,
          shown: value === null ? NOTHING : metric.write(value),
          beside: changeFrom(metric.ofPeriod(before), value),
          href: linkWith({ metric: metric === METRICS[0] ? undefined : metric.id }),
          isChosen: metric === chosen,
        };
      })}
    />
  );
}

/** From nothing, there is no percentage. */
function changeFrom(before: number | null, now: number | null): string {
  if (before === null || now === null) return text('change.unknown');
  if (before === 0) return now === 0 ? text('change.none') : text('change.fromNothing');
  if (before === now) return text('change.none');
  return text('change.by', { change: change(now / before - 1) });
}
