import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import { CourseShrinkProxy } from '../../course-catalog/proxy/course-shrink.proxy.js';
import {
  CoursePreviewProxy,
  type PreviewTotals,
  type ProposedStructure,
  type StructureComparison,
} from '../proxy/course-preview.proxy.js';

export interface CoursePreview extends PreviewTotals {
  /** How many lessons are added, and how many are removed. */
  added: number;
  removed: number;
  /** For how many seconds what is missing would still count. */
  removalsCountForSeconds: number;
}

/** What it would mean for the learners if the course service's present structure were stored. */
@Injectable()
export class CoursePreviewFacade {
  constructor(
    private readonly catalog: CourseCatalogService,
    private readonly proxy: CoursePreviewProxy,
    private readonly shrinks: CourseShrinkProxy,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * @throws NotFoundError `courseNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable`
   */
  async preview(courseId: string): Promise<CoursePreview> {
    const reply = await this.catalog.look(courseId);
    const { lessons, totalLectures } = reply;
    const lessonIds = lessons?.map(({ lessonId }) => lessonId) ?? null;
    const stored = await this.proxy.compare(courseId, lessonIds);
    const proposed = lessonIds
      ? listed(lessonIds, stored)
      : unlisted(totalLectures ?? stored?.lessonsTotal ?? 0, stored);
    const totals = await this.proxy.preview(courseId, proposed);
    const { COURSE_SHRINK_CONFIRM_SECONDS } = this.environment;
    const removalsCountForSeconds = await this.shrinks.secondsToCount(
      reply,
      COURSE_SHRINK_CONFIRM_SECONDS,
    );
    return { ...totals, ...countChanges(proposed, stored), removalsCountForSeconds };
  }
}

function listed(lessonIds: string[], stored: StructureComparison | null): ProposedStructure {
  return {
    lessonIds,
    lessonsTotal: lessonIds.length,
    added: stored?.added ?? lessonIds,
    removed: stored?.removed ?? [],
  };
}

/** A stored list of lessons is not replaced by a number, so such a reply changes nothing. */
function unlisted(lessonsTotal: number, stored: StructureComparison | null): ProposedStructure {
  const total = stored?.lessonsListed ? stored.lessonsTotal : lessonsTotal;
  return { lessonIds: null, lessonsTotal: total, added: [], removed: [] };
}

function countChanges(
  { lessonIds, lessonsTotal, added, removed }: ProposedStructure,
  stored: StructureComparison | null,
): Pick<CoursePreview, 'added' | 'removed'> {
  if (lessonIds && (!stored || stored.lessonsListed)) {
    return { added: added.length, removed: removed.length };
  }
  const difference = lessonsTotal - (stored?.lessonsTotal ?? 0);
  return { added: Math.max(0, difference), removed: Math.max(0, -difference) };
}
