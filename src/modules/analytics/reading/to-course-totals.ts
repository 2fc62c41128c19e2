import type { CourseAnalytics } from './dtos/course-analytics.dto.js';
import { percentOf } from './figures/percentages.js';
import type { Thresholds } from './figures/thresholds.js';
import type { CourseTotals } from './proxy/course-figures.proxy.js';

type Totals = Pick<
  CourseAnalytics,
  | 'learners'
  | 'completers'
  | 'completion_rate'
  | 'completion_rate_settled'
  | 'at_risk'
  | 'lost'
  | 'certificates_issued'
  | 'watch_time_seconds'
>;

/** The sums of a course as the API shows them. */
export const toCourseTotals = (sums: CourseTotals, { percentages }: Thresholds): Totals => ({
  learners: sums.learners,
  completers: sums.completers,
  completion_rate: percentOf(sums.completers, sums.learners, percentages),
  completion_rate_settled: percentOf(sums.settledCompleters, sums.settledLearners, percentages),
  at_risk: sums.atRisk,
  lost: sums.lost,
  certificates_issued: sums.certificates,
  watch_time_seconds: sums.watchSeconds,
});
