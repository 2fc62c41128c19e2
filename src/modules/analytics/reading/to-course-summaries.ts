import type { CalendarDay } from '../../../common/calendar-day.js';
import type { CourseSummary } from './dtos/my-courses.dto.js';
import { percentOf } from './figures/percentages.js';
import type { Thresholds } from './figures/thresholds.js';
import type {
  CourseDropOff,
  CourseHead,
  CourseSums,
  CourseWeek,
} from './proxy/course-summaries.proxy.js';

interface Read {
  heads: readonly CourseHead[];
  sums: readonly CourseSums[];
  weeks: readonly CourseWeek[];
  dropOffs: readonly CourseDropOff[];
}

/** Courses as the API shows them, by their ids. */
export function toCourseSummaries(
  { heads, sums, weeks, dropOffs }: Read,
  { thresholds, since }: { thresholds: Thresholds; since: CalendarDay },
): Map<string, CourseSummary> {
  const headOf = new Map(heads.map((head) => [head.courseId, head]));
  const weeksOf = byCourse(weeks);
  const dropOffOf = new Map(dropOffs.map((dropOff) => [dropOff.courseId, dropOff]));
  const minimum = thresholds.percentages;
  const summaries = sums.map(({ courseId, learners, completers, atRisk }): CourseSummary => {
    const head = headOf.get(courseId);
    return {
      courseId,
      title: head?.title ?? null,
      being_evaluated: head?.beingEvaluated ?? false,
      learners,
      completers,
      completion_rate: percentOf(completers, learners, minimum),
      at_risk: atRisk,
      worst_drop_off: dropOffOf.get(courseId) ?? null,
      weeks: (weeksOf.get(courseId) ?? []).map(({ week, enrolled, watchSeconds }) => ({
        week,
        enrolled,
        watch_time_seconds: week < since ? null : watchSeconds,
      })),
    };
  });
  return new Map(summaries.map((summary) => [summary.courseId, summary]));
}

function byCourse<Row extends { courseId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const others = found.get(row.courseId);
    if (others) others.push(row);
    else found.set(row.courseId, [row]);
  }
  return found;
}
