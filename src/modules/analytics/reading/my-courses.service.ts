import { Inject, Injectable } from '@nestjs/common';
import { addDays, mondayOf, type CalendarDay } from '../../../common/calendar-day.js';
import { answer } from '../../../common/graphql/answers.js';
import { connectionOf } from '../../../common/graphql/connection.js';
import type { Selection } from '../../../common/graphql/selection.js';
import { Messages } from '../../../common/i18n/messages.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { AccessPolicy } from '../../auth/access-policy.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { AnalyticsCursors } from './analytics-cursors.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { CourseSummary, MyCoursesConnection } from './dtos/my-courses.dto.js';
import { thresholdsOf } from './figures/thresholds.js';
import { MyCoursesOrder } from './inputs/my-courses-order.js';
import type { AnalyticsClock } from './proxy/analytics-clock.proxy.js';
import { CourseSummariesProxy } from './proxy/course-summaries.proxy.js';
import { toCourseSummaries } from './to-course-summaries.js';

const WEEKS = 8;
const ORDERS = {
  [MyCoursesOrder.TITLE_ASC]: 'title',
  [MyCoursesOrder.LEARNERS_DESC]: 'learners',
  [MyCoursesOrder.AT_RISK_DESC]: 'atRisk',
} as const;

interface Page {
  first: number;
  after: string | null;
  order: MyCoursesOrder;
}

/** The courses that somebody teaches, with their headline figures. */
@Injectable()
export class MyCoursesService {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly summaries: CourseSummariesProxy,
    private readonly cursors: AnalyticsCursors,
    private readonly messages: Messages,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async list(
    asker: Asker,
    { first, after, order }: Page,
    asked: Selection,
  ): Promise<MyCoursesConnection> {
    const { userId } = asker.identity;
    await this.policy.authorize(asker.identity, 'myCourses', { userId });
    const madeFor = [userId, order];
    const start = after === null ? null : this.cursors.taught.open(after, madeFor);
    return this.snapshot.read(async (clock) => {
      const found = await this.summaries.taught(userId, ORDERS[order], {
        // One more than asked for shows whether there is a next page.
        limit: first + 1,
        after: start,
        today: clock.today,
      });
      const shown = found.slice(0, first).map(({ courseId }) => courseId);
      const courses = await this.read(shown, clock, asked.get('edges')?.get('node'));
      return answer(this.messages, asker, 'coursesListed', {
        as_of: clock.asOf,
        version: clock.version,
        time_zone: clock.timeZone,
        since: clock.since,
        ...connectionOf(found, { first, after }, (position) => ({
          cursor: this.cursors.taught.seal(position, madeFor),
          node: courses.get(position.courseId)!,
        })),
      });
    });
  }

  private async read(
    courseIds: readonly string[],
    { today, since }: AnalyticsClock,
    asked: Selection | undefined,
  ): Promise<Map<string, CourseSummary>> {
    const thresholds = thresholdsOf(this.environment.ANALYTICS_MIN_GROUP);
    const [heads, sums, weeks, dropOffs] = await Promise.all([
      this.summaries.courses(courseIds),
      this.summaries.sums(courseIds, today),
      asked?.has('weeks') ? this.summaries.weeks(courseIds, lastWeeks(today)) : [],
      asked?.has('worst_drop_off')
        ? this.summaries.worstDropOffs(courseIds, today, thresholds.percentages)
        : [],
    ]);
    return toCourseSummaries({ heads, sums, weeks, dropOffs }, { thresholds, since });
  }
}

/** The Mondays of the first and the last of the last weeks; the last one is the present week. */
function lastWeeks(today: CalendarDay): { first: CalendarDay; last: CalendarDay } {
  const last = mondayOf(today);
  return { first: addDays(last, -7 * (WEEKS - 1)), last };
}
