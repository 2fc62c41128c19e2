import { Injectable } from '@nestjs/common';
import { answer } from '../../../common/graphql/answers.js';
import { Messages } from '../../../common/i18n/messages.js';
import { AccessPolicy } from '../../auth/access-policy.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { LearningActivityResponse } from './dtos/learning-activity.dto.js';
import { periodOf, type PeriodAsked } from './figures/period.js';
import { streaksOf } from './figures/streaks.js';
import { LearnerActivityProxy } from './proxy/learner-activity.proxy.js';

/** When a learner was active, over all courses. */
@Injectable()
export class LearningActivityService {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly activity: LearnerActivityProxy,
    private readonly messages: Messages,
  ) {}

  async learningActivity(
    asker: Asker,
    userId: string,
    wanted: PeriodAsked,
  ): Promise<LearningActivityResponse> {
    await this.policy.authorize(asker.identity, 'learningActivity', { userId });
    return this.snapshot.read(async ({ asOf, timeZone, today, since, version }) => {
      const { from, to } = periodOf(wanted, today);
      const days = await this.activity.days(userId);
      const inPeriod = days.filter(({ day }) => from <= day && day <= to);
      const dates = days.map(({ day }) => day);
      const { current, longest } = streaksOf(dates, today);
      return answer(this.messages, asker, 'learningActivityFound', {
        data: {
          userId,
          as_of: asOf,
          version,
          time_zone: timeZone,
          since,
          current_streak: current,
          longest_streak: longest,
          active_days: inPeriod.length,
          days: inPeriod.map(({ day, seconds, lessonsCompleted }) => ({
            day,
            seconds,
            lessons_completed: lessonsCompleted,
          })),
        },
      });
    });
  }
}
