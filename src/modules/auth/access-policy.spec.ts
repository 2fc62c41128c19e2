import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ServiceUnavailableError } from '../../common/errors/service-error.js';
import type { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { AccessPolicy } from './access-policy.js';
import { ACCESS, type Operation } from './access-table.js';
import type { Identity, Role } from '../../common/identity/identity.js';

const teacher: Identity = { userId: 'teacher', role: 'instructor' };
const as = (role: Role): Identity => ({ userId: 'me', role });
const mine = { userId: 'me', courseId: 'course' };
const anothers = { userId: 'another', courseId: 'course' };

const policy = new AccessPolicy({
  teaches: async (userId: string, courseId: string) =>
    userId === 'teacher' && courseId === 'course',
} as CourseCatalogService);

describe('the access table', () => {
  it('has a row for every operation of the schema, and no other', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema.gql', import.meta.url), 'utf8'));
    const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect(Object.keys(ACCESS).sort()).toEqual(operations.sort());
  });
});

const writes: Operation[] = [
  'createUserProgress',
  'updateUserProgress',
  'updateUserProgressByUserAndLesson',
  'deleteUserProgress',
  'markLessonAsCompleted',
  'updateLessonWatchTime',
  'recordWatch',
];
const reads: Operation[] = [
  'userProgress',
  'userProgressByUserAndLesson',
  'userProgressList',
  'userProgressConnection',
  'getCourseProgress',
];

describe.each([...writes, ...reads, 'getUserProgressStats' as const])('%s', (operation) => {
  it.each(['user', 'instructor', 'admin', 'service'] as const)(
    'is open to a %s for their own',
    async (role) => {
      await expect(policy.authorize(as(role), operation, mine)).resolves.toBeUndefined();
      expect(await policy.permits(as(role), operation, mine)).toBe(true);
    },
  );

  it.each(['admin', 'service'] as const)("is open to a %s for everybody's", async (role) => {
    await expect(policy.authorize(as(role), operation, anothers)).resolves.toBeUndefined();
    await expect(policy.authorize(as(role), operation, {})).resolves.toBeUndefined();
  });

  it("is closed to a learner for another's, and for everybody's", async () => {
    await expect(policy.authorize(as('user'), operation, anothers)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      policy.authorize(as('user'), operation, { courseId: 'course' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await policy.permits(as('user'), operation, anothers)).toBe(false);
  });

  it('is closed to an instructor of another course', async () => {
    await expect(policy.authorize(as('instructor'), operation, anothers)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await policy.permits(as('instructor'), operation, anothers)).toBe(false);
  });
});

describe('an instructor', () => {
  it.each(reads)('reads what learners do in a course they teach: %s', async (operation) => {
    await expect(policy.authorize(teacher, operation, anothers)).resolves.toBeUndefined();
    await expect(
      policy.authorize(teacher, operation, { courseId: 'course' }),
    ).resolves.toBeUndefined();
    expect(await policy.permits(teacher, operation, anothers)).toBe(true);
  });

  it.each([...writes, 'getUserProgressStats' as const])('has no part in: %s', async (operation) => {
    await expect(policy.authorize(teacher, operation, anothers)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('must say in which course', async () => {
    await expect(
      policy.authorize(teacher, 'userProgressList', { userId: 'another' }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      messageKey: 'courseRequired',
    });
    expect(await policy.permits(teacher, 'userProgress', { userId: 'another' })).toBe(false);
  });

  it('is told to try again where it cannot be found out who teaches the course', async () => {
    const away = new AccessPolicy({
      teaches: () => Promise.reject(new ServiceUnavailableError('courseServiceUnavailable')),
    } as unknown as CourseCatalogService);
    await expect(away.authorize(teacher, 'userProgressList', anothers)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});
