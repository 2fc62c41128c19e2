/** How many learners took so many days to complete a course. */
export interface DaysToComplete {
  days: number;
  learners: number;
}

export interface TimeToComplete {
  /** Within so many days half of them, and nine of ten of them, had completed it; null for too few learners. */
  medianDays: number | null;
  p90Days: number | null;
  /** By days, without days that nobody took. */
  histogram: DaysToComplete[];
}

/** Learners who took longer are counted here: the histogram has a bounded length. */
const DAYS_SHOWN_MAXIMUM = 365;

/**
 * @param counts in the order of days
 * @param group of how few completers nothing is shown
 */
export function timeToComplete(counts: readonly DaysToComplete[], group: number): TimeToComplete {
  const completers = counts.reduce((sum, { learners }) => sum + learners, 0);
  if (completers < group || completers === 0) {
    return { medianDays: null, p90Days: null, histogram: [] };
  }
  return {
    medianDays: nearestRank(counts, Math.ceil(completers / 2)),
    p90Days: nearestRank(counts, Math.ceil((completers * 9) / 10)),
    histogram: bounded(counts),
  };
}

/** The days that the learner of this rank took, counted from 1. */
function nearestRank(counts: readonly DaysToComplete[], rank: number): number {
  let passed = 0;
  for (const { days, learners } of counts) {
    passed += learners;
    if (passed >= rank) return days;
  }
  return counts.at(-1)!.days;
}

function bounded(counts: readonly DaysToComplete[]): DaysToComplete[] {
  const shown = counts.filter(({ days, learners }) => days < DAYS_SHOWN_MAXIMUM && learners > 0);
  const longer = counts
    .filter(({ days }) => days >= DAYS_SHOWN_MAXIMUM)
    .reduce((sum, { learners }) => sum + learners, 0);
  return longer > 0 ? [...shown, { days: DAYS_SHOWN_MAXIMUM, learners: longer }] : shown;
}
