import { Injectable } from '@nestjs/common';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
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
}

/** What it would mean for the learners if the course service's present structure were stored. */
@Injectable()
export class CoursePreviewFacade {
  constructor(
    private readonly catalog: CourseCatalogService,
    private readonly proxy: CoursePreviewProxy,
  ) {}

  /**
   * @throws NotFoundError `courseNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable`
   */
  async preview(courseId: string): Promise<CoursePreview> {
    const { lessons, totalLectures } = await this.catalog.look(courseId);
    const lessonIds = lessons?.map(({ lessonId }) => lessonId) ?? null;
    const stored = await this.proxy.compare(courseId, lessonIds);
    const proposed = lessonIds
      ? listed(lessonIds, stored)
      : unlisted(totalLectures ?? stored?.lessonsTotal ?? 0, stored);
    const totals = await this.proxy.preview(courseId, proposed);
    return { ...totals, ...countChanges(proposed, stored) };
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
