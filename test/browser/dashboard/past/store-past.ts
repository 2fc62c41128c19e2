import type { Catalogue } from '../../../../sandbox/catalogue.ts';
import { untilFolded } from '../../../../sandbox/history/analytics.ts';
import { PAST_LEARNERS } from '../../../../sandbox/history/crowd.ts';
import { keepRecords } from '../../../../sandbox/history/keep-records.ts';
import { planHistory } from '../../../../sandbox/history/plan.ts';
import { loadServiceCode } from '../../../../sandbox/history/service-code.ts';
import { storeHistory } from '../../../../sandbox/history/store-history.ts';
import { storePortion } from '../../../../sandbox/history/store-portion.ts';
import type { TestDatabase } from '../../../support/database.ts';
import { succeed } from '../../../support/learning.ts';
import { startTestApp, type TestApp } from '../../../support/test-app.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { ADMINISTRATOR, HOSTILE, HOSTILE_LEARNERS, HOSTILE_LESSON } from './catalogue.ts';

const REFRESH = 'mutation ($id: String!) { refreshCourse(courseId: $id) { message } }';

/**
 * Stores the past of the sandbox, as `npm start` does.
 * @param learners the first of the sandbox's
 */
export async function storePast(
  database: TestDatabase,
  { catalogue, learners }: { catalogue: Catalogue; learners: number },
): Promise<void> {
  const service = await startTestApp({ database, catalogue });
  try {
    await store(service, learners);
    if (catalogue.courses.includes(HOSTILE)) await beginHostileCourse(service);
    // Courses that came anew are evaluated: until then, each says so.
    await waitFor(() => isEvaluated(service), { message: 'all courses are evaluated' });
  } finally {
    await service.close();
  }
}

async function store(service: TestApp, learners: number): Promise<void> {
  const { pool } = service.database;
  const parts = {
    learners: PAST_LEARNERS.slice(0, learners),
    database: pool,
    certificates: service.peers!.certificates,
    refreshCourse: (courseId: string) => refresh(service, courseId),
  };
  const plan = await planHistory(pool);
  await storeHistory(plan!, parts, new AbortController().signal);
}

async function isEvaluated({ database: { pool } }: TestApp): Promise<boolean> {
  return (await pool.query('SELECT FROM course_evaluation')).rowCount === 0;
}

async function refresh(service: TestApp, id: string): Promise<void> {
  const administrator = await service.as({ sub: ADMINISTRATOR.id, role: 'admin' });
  await succeed(administrator, REFRESH, { id });
}

/** A few learners see the beginning of a lesson. */
async function beginHostileCourse(service: TestApp): Promise<void> {
  await refresh(service, HOSTILE._id);
  const code = await loadServiceCode();
  const { _id: lessonId, durationSeconds } = HOSTILE_LESSON;
  const anHourAgo = Math.floor(Date.now() / 1_000) - 3_600;
  const sitting = {
    ...{ courseId: HOSTILE._id, lessonId, durationSeconds, at: anHourAgo, rate: 1 },
    plays: [{ from: 0, to: 200 }],
  };
  const { pool } = service.database;
  const histories = HOSTILE_LEARNERS.map(({ id }) => keepRecords(id, [sitting], code));
  await storePortion(pool, histories, { learnersDone: 0, code });
  await untilFolded(pool, new AbortController().signal);
}
