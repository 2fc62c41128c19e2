import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { RequestLoaders } from '../../common/graphql/request-loaders.js';
import type { ProgressRecord } from './progress-record.js';
import { SharedRead } from './proxy/shared-read.js';
import {
  UserProgressProxy,
  type CourseProgressTotals,
  type LearnerTotals,
} from './proxy/user-progress.proxy.js';

interface LessonKey {
  userId: string;
  lessonId: string;
}
interface CourseKey {
  userId: string;
  courseId: string;
}

interface Loaders {
  record: DataLoader<string, ProgressRecord | null>;
  recordByLesson: DataLoader<LessonKey, ProgressRecord | null, string>;
  courseProgress: DataLoader<CourseKey, CourseProgressTotals, string>;
  learnerTotals: DataLoader<string, LearnerTotals>;
}

/**
 * The reads of a request. Within one, what is asked for many times is asked once (DataLoader); and concurrent requests
 * share statements (`SharedRead`).
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
    return request.get(this, () => this.create());
  }

  private create(): Loaders {
    return {
      record: new DataLoader(through(this.records)),
      recordByLesson: new DataLoader(through(this.recordsByLesson), {
        cacheKeyFn: ({ userId, lessonId }) => `${userId} ${lessonId}`,
      }),
      courseProgress: new DataLoader(through(this.courseProgress), {
        cacheKeyFn: ({ userId, courseId }) => `${userId} ${courseId}`,
      }),
      learnerTotals: new DataLoader(through(this.learnerTotals)),
    };
  }
}

const through =
  <Key, Value>(shared: SharedRead<Key, Value>) =>
  (keys: readonly Key[]): Promise<Value[]> =>
    Promise.all(keys.map((key) => shared.load(key)));
