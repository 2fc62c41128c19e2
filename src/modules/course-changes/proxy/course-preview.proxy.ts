import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { compareStructure } from './sql/compare-structure.js';
import { nextLearners } from './sql/next-learners.js';
import { previewLearners } from './sql/preview-learners.js';

/** How another structure differs from the stored one. */
export interface StructureComparison {
  lessonsListed: boolean;
  lessonsTotal: number;
  added: string[];
  removed: string[];
}

/** A structure that a course may get. */
export interface ProposedStructure {
  /** Null when the lessons are not listed. */
  lessonIds: string[] | null;
  lessonsTotal: number;
  added: string[];
  removed: string[];
}

export interface PreviewTotals {
  learners: number;
  completing: number;
  moving: number;
}

/** Learners in one statement, so that each stays far below the statement timeout, however many the course has. */
const LEARNERS_A_STATEMENT = 5_000;

/** Computes what another structure of a course would mean. Changes nothing. */
@Injectable()
export class CoursePreviewProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  /** Null when the course was never stored. */
  async compare(courseId: string, lessonIds: string[] | null): Promise<StructureComparison | null> {
    const [comparison] = await this.database.query(compareStructure, [courseId, lessonIds]);
    return comparison ?? null;
  }

  async preview(courseId: string, proposed: ProposedStructure): Promise<PreviewTotals> {
    const totals: PreviewTotals = { learners: 0, completing: 0, moving: 0 };
    let after = '';
    for (;;) {
      const seen = await this.database.query(nextLearners, [courseId, after, LEARNERS_A_STATEMENT]);
      const parts = await this.placement.inEach(seen, (part) =>
        this.database.query(previewLearners, [
          courseId,
          part.map(({ userId }) => userId),
          this.placement.name(part),
          proposed.lessonIds,
          proposed.lessonsTotal,
          proposed.added,
          proposed.removed,
        ]),
      );
      for (const { learners, completing, moving } of parts) {
        totals.learners += learners;
        totals.completing += completing;
        totals.moving += moving;
      }
      if (seen.length < LEARNERS_A_STATEMENT) return totals;
      after = seen.at(-1)!.userId;
    }
  }
}
