import { Injectable } from '@nestjs/common';
import { answer } from '../../../common/graphql/answers.js';
import type { Selection } from '../../../common/graphql/selection.js';
import { Messages } from '../../../common/i18n/messages.js';
import { AccessPolicy } from '../../auth/access-policy.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { PlatformAnalyticsResponse } from './dtos/platform-analytics.dto.js';
import { periodBefore, periodOf, type PeriodAsked } from './figures/period.js';
import { CourseFiguresProxy } from './proxy/course-figures.proxy.js';
import { daysOf, toDayFigures, toPeriodFigures, toWholeDays } from './to-day-figures.js';

const TOP_COURSES = 10;

/** What learners do on the whole platform. */
@Injectable()
export class PlatformAnalyticsService {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly figures: CourseFiguresProxy,
    private readonly messages: Messages,
  ) {}

  async platformAnalytics(
    asker: Asker,
    wanted: PeriodAsked,
    asked: Selection,
  ): Promise<PlatformAnalyticsResponse> {
    await this.policy.authorize(asker.identity, 'platformAnalytics', {});
    const wantsCourses = asked.get('data')?.has('top_courses');
    return this.snapshot.read(async ({ asOf, timeZone, today, since, version }) => {
      const period = periodOf(wanted, today);
      const before = periodBefore(period);
      const [days, courses] = await Promise.all([
        this.figures.platformDays({ from: before.from, to: period.to }),
        wantsCourses ? this.figures.topCourses(period, TOP_COURSES) : [],
      ]);
      return answer(this.messages, asker, 'platformAnalyticsFound', {
        data: {
          as_of: asOf,
          version,
          time_zone: timeZone,
          since,
          period: toPeriodFigures(period, days, since),
          period_before: toPeriodFigures(before, days, since),
          whole_days: toWholeDays(period, days, { today, since }),
          days: daysOf(period, days).map((day) => toDayFigures(day, since)),
          top_courses: courses.map((course) => ({
            courseId: course.courseId,
            title: course.title,
            watch_time_seconds: course.watchSeconds,
            enrolled: course.enrolled,
            courses_completed: course.coursesCompleted,
          })),
        },
      });
    });
  }
}
