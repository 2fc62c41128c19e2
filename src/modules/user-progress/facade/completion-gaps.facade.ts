import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type {
  CompletionGaps,
  MissingLesson,
  MissingLessons,
} from '../../certificates/completion-gaps.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { coveragePercentage, missingSeconds } from '../changes/coverage.js';
import { CompletionGapsProxy } from '../proxy/completion-gaps.proxy.js';

/** Answers the certificates module: what a learner must still do to complete a course. */
@Injectable()
export class CompletionGapsFacade implements CompletionGaps {
  private readonly completeAtCoverage: number;

  constructor(
    private readonly proxy: CompletionGapsProxy,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.completeAtCoverage = environment.COMPLETE_AT_COVERAGE;
  }

  async missingLessons(key: CourseKey, limit: number): Promise<MissingLessons> {
    const { lessons, missing, listed } = await this.proxy.missingLessons(key, limit);
    return {
      missing,
      listed,
      lessons: lessons.map(({ lessonId, title, ...evidence }): MissingLesson => ({
        lessonId,
        title,
        coveragePercentage: coveragePercentage(evidence),
        missingSeconds: missingSeconds(evidence, this.completeAtCoverage),
      })),
    };
  }

  completedLessons(key: CourseKey): Promise<number> {
    return this.proxy.completedLessons(key);
  }
}
