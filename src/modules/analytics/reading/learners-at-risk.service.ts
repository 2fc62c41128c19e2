import { Injectable } from '@nestjs/common';
import { answer } from '../../../common/graphql/answers.js';
import { connectionOf } from '../../../common/graphql/connection.js';
import { Messages } from '../../../common/i18n/messages.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { AnalysedCourse } from './analysed-course.js';
import { AnalyticsCursors } from './analytics-cursors.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { LearnerAtRisk, LearnerAtRiskConnection } from './dtos/learners-at-risk.dto.js';
import {
  LearnerActivityProxy,
  type AtRiskPosition,
  type LearnerAtRisk as StoredLearner,
} from './proxy/learner-activity.proxy.js';

/** Learners who have been silent in a course, and may still come back. */
@Injectable()
export class LearnersAtRiskService {
  constructor(
    private readonly course: AnalysedCourse,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly activity: LearnerActivityProxy,
    private readonly cursors: AnalyticsCursors,
    private readonly messages: Messages,
  ) {}

  async list(
    asker: Asker,
    { courseId, silentDays }: { courseId: string; silentDays: number },
    first: number,
    after: string | null,
  ): Promise<LearnerAtRiskConnection> {
    await this.course.authorize(asker, 'courseLearnersAtRisk', courseId);
    const madeFor = [asker.identity.userId, courseId, silentDays];
    const start = after === null ? null : this.cursors.atRisk.open(after, madeFor);
    return this.snapshot.read(async ({ asOf, timeZone, today, version }) => {
      const silence = { courseId, today, silentDays };
      const [learners, total] = await Promise.all([
        // One more than asked for shows whether there is a next page.
        this.activity.atRisk(silence, first + 1, start),
        this.activity.countAtRisk(silence),
      ]);
      return answer(this.messages, asker, 'learnersAtRiskListed', {
        as_of: asOf,
        version,
        time_zone: timeZone,
        total_learners: total,
        ...connectionOf(learners, { first, after }, (learner) => ({
          cursor: this.cursors.atRisk.seal(positionOf(learner), madeFor),
          node: toDto(learner),
        })),
      });
    });
  }
}

const positionOf = ({ lastActiveOn, userId }: StoredLearner): AtRiskPosition => ({
  lastActiveOn,
  userId,
});

const toDto = (learner: StoredLearner): LearnerAtRisk => ({
  userId: learner.userId,
  last_active_on: learner.lastActiveOn,
  last_lesson:
    learner.lessonId === '' ? null : { lessonId: learner.lessonId, title: learner.title },
  completed_lessons: learner.lessonsCompleted,
  total_lessons: learner.lessonsTotal,
});
