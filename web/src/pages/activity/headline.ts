import type { Day, Metric, PeriodFigures } from './metrics.ts';

/** A figure of a period, and of which part of it. */
export interface Headline {
  value: number | null;
  /** Where it is not of the whole period: the first day of which anything is known. */
  since: string | null;
}

/**
 * The figure of a period. Where the period began before activity was known, what is known since then.
 * @param days null where they are not here yet; those of another period count as such
 */
export function headlineOf(
  metric: Metric,
  { now, days, since }: { now: PeriodFigures; days: readonly Day[] | null; since: string },
): Headline {
  const value = metric.ofPeriod(now);
  if (value !== null || metric.fixedDays !== undefined) return { value, since: null };
  const areOfPeriod = days?.[0]?.day === now.from && days.at(-1)?.day === now.to;
  const known = (areOfPeriod ? days : []).map(metric.ofDay).filter((one) => one !== null);
  return known.length === 0
    ? { value, since: null }
    : { value: known.reduce((sum, one) => sum + one, 0), since };
}
