import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';

export const courseNotFound = (id: string) =>
  new NotFoundError('courseNotFound', { args: { id }, details: { resource: 'course' } });

export const lessonNotFound = (id: string) =>
  new NotFoundError('lessonNotFound', { args: { id }, details: { resource: 'lesson' } });

/** @throws ServiceUnavailableError in place of a PeerUnavailableError. */
export async function unlessUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof PeerUnavailableError)) throw cause;
    throw new ServiceUnavailableError('courseServiceUnavailable', { cause });
  }
}
