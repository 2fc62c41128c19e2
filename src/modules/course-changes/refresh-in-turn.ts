import type { Logger } from '@nestjs/common';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { CourseCatalogService } from '../course-catalog/course-catalog.service.js';

/**
 * Refreshes courses one after the other. One course that is gone, or that the course service fails at, does not stop the
 * others.
 * @throws ServiceUnavailableError when the course service is away
 */
export async function refreshInTurn(
  courseIds: Iterable<string>,
  catalog: Pick<CourseCatalogService, 'refresh'>,
  logger: Pick<Logger, 'debug'>,
  signal: AbortSignal,
): Promise<void> {
  for (const courseId of courseIds) {
    if (signal.aborted) return;
    try {
      await catalog.refresh(courseId);
    } catch (error) {
      if (error instanceof NotFoundError) continue;
      if (!isOfOneCourse(error)) throw error;
      logger.debug({ msg: 'course was not refreshed', courseId, err: error });
    }
  }
}

function isOfOneCourse(error: unknown): boolean {
  const cause = error instanceof ServiceUnavailableError ? error.cause : undefined;
  return cause instanceof PeerUnavailableError && ['failing', 'malformed'].includes(cause.reason);
}
