import { Inject, Injectable } from '@nestjs/common';
import { answer } from '../../../common/graphql/answers.js';
import type { Selection } from '../../../common/graphql/selection.js';
import { Messages } from '../../../common/i18n/messages.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { AnalysedCourse } from './analysed-course.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { CourseAnalytics, CourseAnalyticsResponse } from './dtos/course-analytics.dto.js';
import { mergedCohorts } from './figures/cohorts.js';
import { periodBefore, periodOf, type Period, type PeriodAsked } from './figures/period.js';
import { thresholdsOf, type Thresholds } from './figures/thresholds.js';
import { timeToComplete } from './figures/time-to-complete.js';
import type { AnalyticsClock } from './proxy/analytics-clock.proxy.js';
import { CourseFiguresProxy } from './proxy/course-figures.proxy.js';
import { CourseSummariesProxy } from './proxy/course-summaries.proxy.js';
import { toCohorts } from './to-cohorts.js';
import { toCourseTotals } from './to-course-totals.js';
import { daysOf, toDayFigures, toPeriodFigures, toWholeDays } from './to-day-figures.js';
import { toLessonFigures } from './to-lesson-figures.js';

/** What learners do in a course. It reads only what the document asks for. */
@Injectable()
export class CourseAnalyticsService {
  private readonly thresholds: Thresholds;

  constructor(
    private readonly course: AnalysedCourse,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly figures: CourseFiguresProxy,
    private readonly summaries: CourseSummariesProxy,
    private readonly messages: Messages,
    @Inject(ENVIRONMENT) { ANALYTICS_MIN_GROUP }: Environment,
  ) {
    this.thresholds = thresholdsOf(ANALYTICS_MIN_GROUP);
  }

  async courseAnalytics(
    asker: Asker,
    courseId: string,
    period: PeriodAsked,
    asked: Selection,
  ): Promise<CourseAnalyticsResponse> {
    await this.course.authorize(asker, 'courseAnalytics', courseId);
    const data = await this.snapshot.read((clock) =>
      this.read(courseId, clock, periodOf(period, clock.today), asked.get('data')),
    );
    return answer(this.messages, asker, 'courseAnalyticsFound', { data });
  }

  private async read(
    courseId: string,
    clock: AnalyticsClock,
    period: Period,
    asked: Selection | undefined,
  ): Promise<CourseAnalytics> {
    const { asOf, timeZone, today, since, version } = clock;
    const { group, percentages } = this.thresholds;
    const before = periodBefore(period);
    const isAsked = (...names: (keyof CourseAnalytics)[]): boolean =>
      names.some((name) => asked?.has(name));

    const [heads, totals, days, times, weeks, lessons, dropOffs] = await Promise.all([
      this.summaries.courses([courseId]),
      this.figures.totals(courseId, today),
      isAsked('days', 'period', 'period_before', 'whole_days')
        ? this.figures.days(courseId, { from: before.from, to: period.to })
        : [],
      isAsked('days_to_complete', 'median_days_to_complete', 'p90_days_to_complete')
        ? this.figures.daysToComplete(courseId)
        : [],
      isAsked('cohorts') ? this.figures.enrolledWeeks(courseId) : [],
      isAsked('lessons') ? this.figures.lessons(courseId, today) : [],
      isAsked('worst_drop_off') ? this.summaries.worstDropOffs([courseId], today, percentages) : [],
    ]);
    const time = timeToComplete(times, group);
    return {
      courseId,
      title: heads[0]?.title ?? null,
      being_evaluated: heads[0]?.beingEvaluated ?? false,
      as_of: asOf,
      version,
      time_zone: timeZone,
      since,
      ...toCourseTotals(totals, this.thresholds),
      median_days_to_complete: time.medianDays,
      p90_days_to_complete: time.p90Days,
      days_to_complete: time.histogram,
      lessons: lessons.map((lesson) => toLessonFigures(lesson, this.thresholds)),
      worst_drop_off: dropOffs[0] ?? null,
      days: daysOf(period, days).map((day) => toDayFigures(day, since)),
      period: toPeriodFigures(period, days, since),
      period_before: toPeriodFigures(before, days, since),
      whole_days: toWholeDays(period, days, clock),
      cohorts: toCohorts(mergedCohorts(weeks, group), period, today),
    };
  }
}
