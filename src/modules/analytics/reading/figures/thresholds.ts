/** From how many learners on a figure is shown. */
export interface Thresholds {
  /** Curves, times to complete and weeks of enrolment: `ANALYTICS_MIN_GROUP`. */
  readonly group: number;
  /** Percentages, ratios and the worst drop-off: of fewer learners they say little, and tell of single persons. */
  readonly percentages: number;
}

const PERCENTAGES_MINIMUM = 20;

export const thresholdsOf = (group: number): Thresholds => ({
  group,
  percentages: Math.max(PERCENTAGES_MINIMUM, group),
});
