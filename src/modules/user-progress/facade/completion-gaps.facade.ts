import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type {
  CompletionGaps,
  MissingLesson,
  MissingLessons,
} from '../../certificates/completion-gaps.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { coveragePercentage, requiredSeconds, type Coverage } from '../changes/coverage.js';
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
      lessons: lessons.map(({ lessonId, title, ...coverage }): MissingLesson => ({
        lessonId,
        title,
        coveragePercentage: coveragePercentage(coverage),
        missingSeconds: this.missingSeconds(coverage),
      })),
    };
  }

  completedLessons(key: CourseKey): Promise<number> {
    return this.proxy.completedLessons(key);
  }

  private missingSeconds(coverage: Coverage): number | null {
    if (this.completeAtCoverage === 0) return null;
    const required = requiredSeconds(coverage, this.completeAtCoverage);
    return required === null ? null : Math.max(0, required - coverage.uniqueSeconds);
  }
}
