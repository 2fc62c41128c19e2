import { Injectable } from '@nestjs/common';
import type { RequestLoaders } from '../../common/graphql/request-loaders.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import type { LessonKey } from './lesson-key.js';
import { pairName } from './pair-name.js';
import type { ProgressRecord } from './progress-record.js';
import { SharedRead } from './proxy/shared-read.js';
import {
  UserProgressProxy,
  type CourseProgressTotals,
  type LearnerTotals,
} from './proxy/user-progress.proxy.js';
import { RequestRead } from './request-read.js';

interface Loaders {
  record: RequestRead<string, ProgressRecord | null>;
  recordByLesson: RequestRead<LessonKey, ProgressRecord | null>;
  courseProgress: RequestRead<CourseKey, CourseProgressTotals>;
  learnerTotals: RequestRead<string, LearnerTotals>;
}

/**
 * The reads of requests. Each request remembers what it read (`RequestRead`), and all requests share statements
 * (`SharedRead`).
 */
@Injectable()
export class ProgressLoaders {
  private readonly records: SharedRead<string, ProgressRecord | null>;
  private readonly recordsByLesson: SharedRead<LessonKey, ProgressRecord | null>;
  private readonly courseProgress: SharedRead<CourseKey, CourseProgressTotals>;
  private readonly learnerTotals: SharedRead<string, LearnerTotals>;

  constructor(proxy: UserProgressProxy) {
    this.records = new SharedRead((ids) => proxy.byIds(ids));
    this.recordsByLesson = new SharedRead((keys) => proxy.byLessons(keys));
    this.courseProgress = new SharedRead((keys) => proxy.courseProgress(keys));
    this.learnerTotals = new SharedRead((userIds) => proxy.learnerTotals(userIds));
  }

  of(request: RequestLoaders): Loaders {
    return request.get(this, () => ({
      record: new RequestRead(this.records, itself),
      recordByLesson: new RequestRead(this.recordsByLesson, ({ userId, lessonId }) =>
        pairName(userId, lessonId),
      ),
      courseProgress: new RequestRead(this.courseProgress, ({ userId, courseId }) =>
        pairName(userId, courseId),
      ),
      learnerTotals: new RequestRead(this.learnerTotals, itself),
    }));
  }
}

const itself = (key: string): string => key;
