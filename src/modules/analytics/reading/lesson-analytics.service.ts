import { Inject, Injectable } from '@nestjs/common';
import { answer } from '../../../common/graphql/answers.js';
import { Messages } from '../../../common/i18n/messages.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { lessonNotFound } from '../../course-catalog/course-errors.js';
import { AnalysedCourse } from './analysed-course.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import type { LessonAnalytics, LessonAnalyticsResponse } from './dtos/lesson-analytics.dto.js';
import { countsBySecond, lengthSeen } from './figures/counts-by-second.js';
import { findHotspots } from './figures/hotspots.js';
import { findLeavePoints } from './figures/leave-points.js';
import { retentionCurve } from './figures/retention-curve.js';
import { thresholdsOf, type Thresholds } from './figures/thresholds.js';
import type { AnalyticsClock } from './proxy/analytics-clock.proxy.js';
import { CourseFiguresProxy, type AnalysedLesson } from './proxy/course-figures.proxy.js';
import { toLessonFigures } from './to-lesson-figures.js';

interface LessonKey {
  courseId: string;
  lessonId: string;
}

/** What is asked for of the curve. */
interface CurveAsked {
  /** How many of them at most. */
  points: number;
  /** Where it ends, at the latest. */
  firstSeconds: number;
}

type Curve = Pick<
  LessonAnalytics,
  'seconds_per_point' | 'seen' | 'replayed' | 'hotspots' | 'leave_points'
>;

/** How a lesson is watched, second by second. */
@Injectable()
export class LessonAnalyticsService {
  private readonly thresholds: Thresholds;

  constructor(
    private readonly course: AnalysedCourse,
    private readonly snapshot: AnalyticsSnapshot,
    private readonly figures: CourseFiguresProxy,
    private readonly messages: Messages,
    @Inject(ENVIRONMENT) { ANALYTICS_MIN_GROUP }: Environment,
  ) {
    this.thresholds = thresholdsOf(ANALYTICS_MIN_GROUP);
  }

  async lessonAnalytics(
    asker: Asker,
    key: LessonKey,
    curve: CurveAsked,
  ): Promise<LessonAnalyticsResponse> {
    await this.course.authorize(asker, 'lessonAnalytics', key.courseId);
    const data = await this.snapshot.read((clock) => this.read(key, curve, clock));
    return answer(this.messages, asker, 'lessonAnalyticsFound', { data });
  }

  private async read(
    key: LessonKey,
    curve: CurveAsked,
    { asOf, timeZone, today, since, version }: AnalyticsClock,
  ): Promise<LessonAnalytics> {
    const lesson = await this.figures.lesson(key, today);
    if (!lesson) throw lessonNotFound(key.lessonId);
    const withheld = lesson.started < this.thresholds.group;
    return {
      as_of: asOf,
      version,
      time_zone: timeZone,
      since,
      lesson: toLessonFigures(lesson, this.thresholds),
      learners: lesson.started,
      duration_seconds: lesson.durationSeconds,
      withheld,
      ...(withheld ? NOTHING : await this.curve(key, lesson, curve)),
    };
  }

  private async curve(
    { courseId, lessonId }: LessonKey,
    { started: learners, durationSeconds }: AnalysedLesson,
    { points, firstSeconds }: CurveAsked,
  ): Promise<Curve> {
    const { group } = this.thresholds;
    const boundaries = await this.figures.boundaries({ courseId, lessonId }, firstSeconds);
    const length = Math.min(durationSeconds ?? lengthSeen(boundaries, firstSeconds), firstSeconds);
    const counts = countsBySecond(boundaries, length);
    const { secondsPerPoint, seen, replayed } = retentionCurve(counts, learners, points);
    return {
      seconds_per_point: secondsPerPoint,
      seen,
      replayed,
      hotspots: findHotspots(counts, group),
      leave_points: findLeavePoints(counts.seen, { learners, group }),
    };
  }
}

/** A curve that is withheld. */
const NOTHING: Curve = {
  seconds_per_point: 1,
  seen: [],
  replayed: [],
  hotspots: [],
  leave_points: [],
};
