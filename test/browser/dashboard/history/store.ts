import { Transactions } from '../../../../src/common/database/transactions.js';
import { AnalyticsAuditFacade } from '../../../../src/modules/analytics/audit/analytics-audit.facade.js';
import { OneMoment } from '../../../../src/modules/analytics/audit/one-moment.facade.js';
import { AnalyticsAuditProxy } from '../../../../src/modules/analytics/audit/proxy/analytics-audit.proxy.js';
import type { TestApp } from '../../../support/test-app.ts';
import { ADMINISTRATOR, COURSES } from './courses.ts';
import { HISTORY_DAYS, learn } from './learn.ts';

const COLUMNS = `user_id, course_id, lesson_id, completed, completed_at, watch_time_seconds, position_seconds, watched,
  watched_again, unique_seconds, rewatched_seconds, created_at, updated_at`;

const RECORDS = `
  INSERT INTO user_progress (id, ${COLUMNS})
  SELECT DISTINCT ON (user_id, lesson_id) gen_random_uuid(), ${COLUMNS}
  FROM json_populate_recordset(NULL::user_progress, $1)`;

const ROLLUPS = `
  INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total,
                               structure_version, watch_time_seconds, completed_at, last_activity_at, created_at)
  SELECT p.user_id, p.course_id, count(*), count(*) FILTER (WHERE p.completed),
         count(*) FILTER (WHERE p.completed), c.lessons_total, c.structure_version, sum(p.watch_time_seconds),
         CASE WHEN count(*) FILTER (WHERE p.completed) = c.lessons_total THEN max(p.completed_at) END,
         max(p.updated_at), min(p.created_at)
  FROM user_progress p JOIN course c USING (course_id)
  GROUP BY p.user_id, p.course_id, c.lessons_total, c.structure_version`;

const CERTIFICATES = `
  INSERT INTO certificate (user_id, course_id, status, completed_at, requested_at, issued_at)
  SELECT user_id, course_id, 'ISSUED', completed_at, completed_at, completed_at
  FROM course_progress WHERE completed_at IS NOT NULL`;

const DAYS = `
  INSERT INTO learner_day (user_id, day, course_id, seconds, lessons_completed, last_at, last_lesson_id)
  SELECT user_id, (updated_at AT TIME ZONE 'UTC')::date, course_id, sum(watch_time_seconds),
         count(*) FILTER (WHERE completed), max(updated_at),
         (array_agg(lesson_id ORDER BY updated_at DESC))[1]
  FROM user_progress GROUP BY 1, 2, 3`;

const STATE = `
  INSERT INTO analytics_state (time_zone, since, built_at) VALUES ('UTC', $1, now())
  ON CONFLICT (is_only) DO UPDATE SET time_zone = 'UTC', since = $1, built_at = now(), building = NULL`;

/** Stores what everybody did until now, and builds the figures of it. */
export async function storeHistory(service: TestApp): Promise<void> {
  const administrator = await service.as({ sub: ADMINISTRATOR.id, role: 'admin' });
  for (const { id } of COURSES) {
    await administrator.request(
      `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`,
      { courseId: id },
    );
  }
  const now = Date.now();
  const since = new Date(now - (HISTORY_DAYS + 20) * 86_400_000);
  // In one transaction: the courses are new, and whoever counts their learners anew must not see half of this.
  const client = await service.database.pool.connect();
  await client.query('BEGIN');
  for (const table of ['unreconciled_lesson', 'course_evaluation']) {
    await client.query(`DELETE FROM ${table}`);
  }
  await client.query(RECORDS, [JSON.stringify(learn(now))]);
  for (const statement of [ROLLUPS, CERTIFICATES, DAYS]) await client.query(statement);
  await client.query(STATE, [since]);
  await client.query('COMMIT');
  client.release();
  await buildFigures(service);
}

async function buildFigures({ app }: TestApp): Promise<void> {
  const audit = new AnalyticsAuditFacade(
    app.get(Transactions, { strict: false }),
    app.get(AnalyticsAuditProxy, { strict: false }),
    app.get(OneMoment, { strict: false }),
  );
  for await (const { portion } of audit.differences()) await audit.rebuild(portion);
}
