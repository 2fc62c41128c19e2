import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogStage, waitFor, type CatalogStage } from '../../../test/for-specs.ts';

const HOUR_MS = 3_600_000;
const newLesson = { _id: '6740a1f0c3d2e4b5a69788ff', title: 'Latte art', durationSeconds: 90 };

let stage: CatalogStage;
let courseId: string;

beforeEach(async () => {
  stage = await (await catalogStage()).startCatalogStage();
  ({ courseId } = stage);
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.close();
});

/** Sets the clock of this process, but not the database's. */
function setClock(byMs: number): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
}

/** Stores that the course was told that long ago. */
const age = (seconds: number) =>
  stage.database.pool.query(`UPDATE course SET fetched_at = now() - make_interval(secs => $1)`, [
    seconds,
  ]);
const addLesson = () => stage.list([...stage.lessons, newLesson]);

describe('a clock that is wrong', () => {
  it.each([
    ['a day ahead', 24 * HOUR_MS],
    ['a day behind', -24 * HOUR_MS],
  ])('%s in one process hides no change from the others', async (_, byMs) => {
    const [wrong, right] = [await stage.start(), await stage.start()];
    setClock(byMs);
    await wrong.refresh(courseId);
    vi.useRealTimers();
    const { rows } = await stage.database.pool.query(
      `SELECT abs(extract(epoch FROM now() - fetched_at)) < 60 AS recent FROM course`,
    );
    expect(rows).toEqual([{ recent: true }]);

    addLesson();
    await expect(right.refresh(courseId)).resolves.toMatchObject({ lessonsTotal: 4 });
    stage.tell({ title: 'Another title' });
    setClock(byMs);
    await expect(wrong.refresh(courseId)).resolves.toMatchObject({ title: 'Another title' });
  });

  it('that left a time in the future behind is forgotten at the next refresh, by hand or in the background', async () => {
    await (await stage.start()).findCourse(courseId);
    addLesson();
    await age(-86_400);
    const byHand = await stage.start();
    await expect(byHand.refresh(courseId)).resolves.toMatchObject({ lessonsTotal: 4 });

    await age(-86_400);
    stage.tell({ title: 'Another title' });
    const catalog = await stage.start();
    await waitFor(async () => (await catalog.findCourse(courseId))?.title === 'Another title', {
      message: 'the course is refreshed behind its reader',
    });
  });

  it('that is set back does not delay the next attempt after one that failed', async () => {
    await (await stage.start()).findCourse(courseId);
    await age(1_000);
    const catalog = await stage.start();
    const { courses } = stage.peers;
    courses.silent = true;
    await catalog.findCourse(courseId);
    await waitFor(() => courses.requests.length === 2, { message: 'a refresh that will fail' });
    setClock(-HOUR_MS);
    courses.silent = false;
    stage.tell({ title: 'Another title' });
    await waitFor(async () => (await catalog.findCourse(courseId))?.title === 'Another title', {
      message: 'the course is asked for again',
    });
  });
});
