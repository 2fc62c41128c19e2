import DataLoader from 'dataloader';
import { Injectable } from '@nestjs/common';
import type { RequestLoaders } from '../../common/graphql/request-loaders.js';
import type { ProgressRecord } from './progress-record.js';
import {
  UserProgressProxy,
  type CourseProgressTotals,
  type LearnerTotals,
} from './proxy/user-progress.proxy.js';

interface Loaders {
  record: DataLoader<string, ProgressRecord | null>;
  recordByLesson: DataLoader<{ userId: string; lessonId: string }, ProgressRecord | null, string>;
  courseProgress: DataLoader<{ userId: string; courseId: string }, CourseProgressTotals, string>;
  learnerTotals: DataLoader<string, LearnerTotals>;
}

/** The batched reads of one request: what is asked for many times, or for many keys, is one statement. */
@Injectable()
export class ProgressLoaders {
  constructor(private readonly proxy: UserProgressProxy) {}

  of(request: RequestLoaders): Loaders {
    return request.get(this, () => this.create());
  }

  private create(): Loaders {
    return {
      record: new DataLoader((ids) => this.proxy.byIds(ids)),
      recordByLesson: new DataLoader((keys) => this.proxy.byLessons(keys), {
        cacheKeyFn: ({ userId, lessonId }) => `${userId} ${lessonId}`,
      }),
      courseProgress: new DataLoader((keys) => this.proxy.courseProgress(keys), {
        cacheKeyFn: ({ userId, courseId }) => `${userId} ${courseId}`,
      }),
      learnerTotals: new DataLoader((userIds) => this.proxy.learnerTotals(userIds)),
    };
  }
}
