import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogStage, waitFor, type CatalogStage } from '../../../test/for-specs.ts';
import type { CourseCatalogService } from './course-catalog.service.js';

let stage: CatalogStage;
let courseId: string;
let catalog: CourseCatalogService;

beforeEach(async () => {
  stage = await (await catalogStage()).startCatalogStage();
  ({ courseId } = stage);
  catalog = await stage.start();
});
afterEach(() => stage.close());

const listed = async () => {
  const { rows } = await stage.database.pool.query<{ id: string }>(
    `SELECT lesson_id AS id FROM course_lesson ORDER BY lesson_id`,
  );
  return rows.map(({ id }) => id);
};
const counting = async () => {
  const { rows } = await stage.database.pool.query(
    `SELECT lessons_listed AS listed, lessons_total AS total, structure_version AS version FROM course`,
  );
  return rows[0];
};
/** Lets that time pass since the course service was first seen to tell less. */
const pass = (seconds: number) =>
  stage.database.pool.query(
    `UPDATE course_shrink SET told_since = told_since - make_interval(secs => $1),
       missing = (SELECT coalesce(jsonb_object_agg(key, value::bigint - $1 * 1000), '{}') FROM jsonb_each_text(missing))`,
    [seconds],
  );
const ids = (lessons: readonly { _id: string }[]) => lessons.map(({ _id }) => _id).sort();

describe('a section that is missing for a moment', () => {
  it('removes no lesson, and nothing waits any more when it is there again', async () => {
    await catalog.refresh(courseId);
    stage.list(stage.lessons.slice(0, 1));
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({
      lessonsTotal: 3,
      lessonsWaiting: 2,
      nextLookAt: expect.any(Date),
    });
    await expect(listed()).resolves.toEqual(ids(stage.lessons));
    await expect(counting()).resolves.toEqual({ listed: true, total: 3, version: 1 });

    stage.list(stage.lessons);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({
      lessonsWaiting: 0,
      nextLookAt: null,
    });
    await pass(300);
    stage.list(stage.lessons.slice(0, 1));
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({ lessonsWaiting: 2 });
  });

  it('takes its lessons along when it is still missing after COURSE_SHRINK_CONFIRM_SECONDS, in any process', async () => {
    await catalog.refresh(courseId);
    stage.list(stage.lessons.slice(0, 1));
    await catalog.refresh(courseId);
    await pass(299);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({ lessonsTotal: 3 });
    await pass(1);
    const other = await stage.start();
    await expect(other.refresh(courseId)).resolves.toMatchObject({
      lessonsTotal: 1,
      lessonsWaiting: 0,
    });
    await expect(counting()).resolves.toEqual({ listed: true, total: 1, version: 2 });
  });

  it('does not keep back what is added', async () => {
    await catalog.refresh(courseId);
    const added = { _id: '6740a1f0c3d2e4b5a69788ff', title: 'Latte art', durationSeconds: 90 };
    stage.list([{ ...stage.lessons[0]!, title: 'Another title' }, added]);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({
      lessonsTotal: 4,
      lessonsWaiting: 2,
      structureVersion: 2,
    });
    const { lesson } = await catalog.requireLesson(courseId, stage.lessons[0]!._id);
    expect(lesson).toMatchObject({ title: 'Another title' });
  });

  it('is believed at once by COURSE_SHRINK_CONFIRM_SECONDS=0, and where an administrator says so', async () => {
    await catalog.refresh(courseId);
    stage.list(stage.lessons.slice(0, 2));
    const trusting = await stage.start({ COURSE_SHRINK_CONFIRM_SECONDS: '0' });
    await expect(trusting.refresh(courseId)).resolves.toMatchObject({ lessonsTotal: 2 });

    stage.list(stage.lessons.slice(0, 1));
    await catalog.refresh(courseId);
    const confirmed = await catalog.refresh(courseId, { confirmed: true });
    expect(confirmed).toMatchObject({ lessonsTotal: 1, lessonsWaiting: 0, nextLookAt: null });
  });
});

describe('a number of lessons without a list', () => {
  it('counts at once, if the course service has counted', async () => {
    stage.count(2);
    await catalog.refresh(courseId);
    await expect(counting()).resolves.toEqual({ listed: false, total: 2, version: 1 });
  });

  it('that is 1, the default, is shown, but counts only when a second look says it again', async () => {
    stage.count(1);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({
      lessonsTotal: 1,
      lessonsWaiting: 0,
      nextLookAt: expect.any(Date),
    });
    await expect(counting()).resolves.toEqual({ listed: false, total: 0, version: 1 });
    await pass(300);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({ nextLookAt: null });
    await expect(counting()).resolves.toEqual({ listed: false, total: 1, version: 2 });
  });

  it('gives way to a list, and changes no course that has one', async () => {
    stage.count(1);
    await catalog.refresh(courseId);
    stage.list(stage.lessons);
    await catalog.refresh(courseId);
    await expect(counting()).resolves.toEqual({ listed: true, total: 3, version: 2 });
    stage.count(1);
    await pass(300);
    await expect(catalog.refresh(courseId)).resolves.toMatchObject({
      lessonsTotal: 3,
      nextLookAt: null,
    });
    await expect(counting()).resolves.toEqual({ listed: true, total: 3, version: 2 });
  });
});

it('one shrink is stored once when many processes see it at the same time', async () => {
  await catalog.refresh(courseId);
  const catalogs = [catalog, await stage.start(), await stage.start()];
  stage.list(stage.lessons.slice(0, 1));
  await Promise.all(catalogs.map((one) => one.refresh(courseId)));
  await pass(300);
  await Promise.all(catalogs.map((one) => one.refresh(courseId)));
  await waitFor(async () => (await catalog.findCourse(courseId))?.lessonsTotal === 1, {
    message: 'every process has the new structure',
  });
  await expect(counting()).resolves.toEqual({ listed: true, total: 1, version: 2 });
});
