import { Logger } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import { waitFor } from '../../../test/for-specs.ts';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import {
  PeerUnavailableError,
  type UnavailableReason,
} from '../../common/nats/peer-unavailable.error.js';
import { OverdueCourses } from './overdue-courses.service.js';

let background: BackgroundJobs;
afterEach(() => background.beforeApplicationShutdown());

const unavailable = (reason: UnavailableReason) =>
  new ServiceUnavailableError('courseServiceUnavailable', {
    cause: new PeerUnavailableError(reason, 'course.get.by.id'),
  });

/** The courses that are asked for when the first of two fails. */
function askedWhenTheFirstFails(error: Error): string[] {
  vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  vi.spyOn(Logger.prototype, 'debug').mockReturnValue(undefined);
  const asked: string[] = [];
  const proxy = {
    unknownStructures: () => ['first', 'second'],
    unseenCourses: () => [],
    requestMissing: () => undefined,
  };
  const catalog = {
    refresh(courseId: string) {
      asked.push(courseId);
      return courseId === 'first' ? Promise.reject(error) : Promise.resolve();
    },
  };
  const environment = { COURSE_REFRESH_SECONDS: 0.001 };
  background = new BackgroundJobs({ SHUTDOWN_GRACE_MS: 0 });
  new OverdueCourses(background, proxy as never, catalog as never, environment as never);
  background.onApplicationBootstrap();
  return asked;
}

it.each([
  ['is gone', new NotFoundError('courseNotFound', { args: { id: 'first' } })],
  ['its service fails at', unavailable('failing')],
  ['its service tells nonsense of', unavailable('malformed')],
])('a course that %s keeps no other from being asked for', async (_, error) => {
  const asked = askedWhenTheFirstFails(error);
  await waitFor(() => asked.length >= 4, { message: 'two rounds are over' });
  expect(asked.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
});

it('a service that is away is left alone until the next round', async () => {
  const asked = askedWhenTheFirstFails(unavailable('timeout'));
  await waitFor(() => asked.length >= 2, { message: 'two rounds have begun' });
  expect(asked).not.toContain('second');
});
