import { afterAll, beforeAll, expect, it } from 'vitest';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import { RollupAuditFacade } from '../../src/modules/user-progress/audit/rollup-audit.facade.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { RollupAuditModule } from '../../src/modules/user-progress/audit/rollup-audit.module.js';
import { ENTITIES } from '../../src/entities.js';
import { ENVIRONMENT, type Environment } from '../../src/config/environment.js';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 3 });
const learners = Array.from({ length: 30 }, userId);
let service: TestApp;
let context: INestApplicationContext;
let audit: RollupAuditFacade;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  context = await NestFactory.createApplicationContext(
    RollupAuditModule.with(service.app.get<Environment>(ENVIRONMENT, { strict: false }), ENTITIES),
    { logger: false },
  );
  audit = context.get(RollupAuditFacade);
  const catalog = service.app.get(CourseCatalogService, { strict: false });
  await catalog.requireLesson(world.course._id, world.lessonIds[0]!);
  const queue = service.app.get(WriteQueue, { strict: false });
  await Promise.all(
    learners.flatMap((learner) =>
      world.lessonIds.slice(0, 2).map((lessonId) =>
        queue.submit({
          kind: 'create',
          userId: learner,
          lessonId,
          courseId: world.course._id,
          completed: true,
          watchTimeSeconds: 100,
          durationSeconds: 600,
        }),
      ),
    ),
  );
});
afterAll(async () => {
  await context.close();
  await service.close();
});

async function differences(scope: { userId?: string; courseId?: string } = {}) {
  const found = [];
  for await (const portion of audit.differences(scope, { certificatesToo: true }))
    found.push(...portion);
  return found;
}
const query = (sql: string, values: unknown[] = []) => service.database.pool.query(sql, values);

it('finds nothing after what the service does', async () => {
  expect(await differences()).toEqual([]);
});

it('finds each rollup that was edited, lost or made up, and mends it with what follows from it', async () => {
  const [edited, lost, madeUp, finished] = learners as [string, string, string, string];
  await query('UPDATE course_progress SET watch_time_seconds = 7 WHERE user_id = $1', [edited]);
  await query('DELETE FROM course_progress WHERE user_id = $1', [lost]);
  await query(
    `INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, 'made-up', 3)`,
    [madeUp],
  );
  // Somebody completes the last lesson by hand: the rollup does not know, so there is no certificate either.
  await query(
    `INSERT INTO user_progress (user_id, lesson_id, course_id, completed) VALUES ($1, $2, $3, true)`,
    [finished, world.lessonIds[2], world.course._id],
  );

  const found = await differences();
  expect(new Set(found.map((each) => each.userId))).toEqual(
    new Set([edited, lost, madeUp, finished]),
  );
  expect(await differences({ userId: edited })).toEqual([
    {
      userId: edited,
      courseId: world.course._id,
      differences: ['watch_time_seconds is 7, should be 200'],
    },
  ]);
  expect(await differences({ courseId: 'made-up' })).toHaveLength(1);

  await audit.repair(found);
  expect(await differences()).toEqual([]);
  const { rows } = await query('SELECT course_id FROM certificate WHERE user_id = $1', [finished]);
  expect(rows).toEqual([{ course_id: world.course._id }]);
});

it('finds records in a course that does not have their lesson, and what was completed elsewhere, and mends both', async () => {
  const [stray, elsewhere] = learners.slice(4) as [string, string];
  await query(
    `INSERT INTO course (course_id, lessons_listed, lessons_total) VALUES ('former', true, 0), ('latter', true, 2)`,
  );
  await query(
    `INSERT INTO course_lesson (course_id, lesson_id, position) VALUES ('latter', $1, 1), ('latter', $2, 2)`,
    world.lessonIds.slice(0, 2),
  );
  await query(`DELETE FROM unreconciled_lesson`);
  await query(
    `UPDATE user_progress SET course_id = 'former' WHERE user_id = $1 AND lesson_id = $2`,
    [stray, world.lessonIds[0]],
  );
  await audit.repair(await differences({ userId: stray }));
  await audit.repair(
    learners
      .filter((userId) => userId !== elsewhere)
      .map((userId) => ({ userId, courseId: 'latter', differences: [] })),
  );
  await expect(differences()).resolves.toEqual([
    {
      userId: elsewhere,
      courseId: 'latter',
      differences: ['2 lessons completed elsewhere count, there is no rollup'],
    },
  ]);

  await query(
    `UPDATE user_progress SET course_id = 'former' WHERE user_id = $1 AND lesson_id = $2`,
    [elsewhere, world.lessonIds[0]],
  );
  await query(
    `INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, watch_time_seconds, structure_version)
     VALUES ($1, 'former', 1, 1, 100, 1)`,
    [elsewhere],
  );
  const found = await differences({ userId: elsewhere });
  expect(found).toContainEqual({
    userId: elsewhere,
    courseId: 'former',
    differences: ['1 records belong in another course'],
  });
  await audit.repair(found);
  await expect(differences()).resolves.toEqual([]);
  const { rows } = await query(
    `SELECT course_id FROM certificate WHERE user_id = $1 ORDER BY course_id`,
    [elsewhere],
  );
  expect(rows).toEqual([{ course_id: 'latter' }]);
});
