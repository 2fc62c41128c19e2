import type { Client } from 'pg';
import {
  COHORTS,
  DAYS,
  daysSql,
  learnersSql,
  LESSON_SUMS,
  SECONDS,
  SEEN,
  SILENCE,
  STATE,
} from './figures.ts';
import { fill } from './fill.ts';
import {
  CERTIFICATES,
  COURSES_SQL,
  DILIGENT_SQL,
  LESSONS_SQL,
  NOTHING_TO_EVALUATE,
  recordsOf,
  rollupsOf,
} from './records.ts';
import { largeCourseOf, learnersOf } from './shape.ts';

/** What questions to the records need: the others would take disk and time. */
const RECORD_INDEXES = ['user_progress_course', 'user_progress_user_lesson'];

/** Fills a migrated, empty database with records and with the figures that follow from them. */
export async function loadAnalytics(
  client: Client,
  records: number,
  say: (step: string) => void,
): Promise<void> {
  const [learners, large] = [learnersOf(records), largeCourseOf(records)];
  await client.query(
    `SET maintenance_work_mem = '1GB'; SET work_mem = '512MB'; SET hash_mem_multiplier = 2; SET timezone = 'UTC'`,
  );
  say('courses');
  await client.query(COURSES_SQL);
  await client.query(LESSONS_SQL);
  await client.query(NOTHING_TO_EVALUATE);
  await client.query('ALTER TABLE user_progress DROP CONSTRAINT user_progress_pkey');
  const tables = [
    { table: 'user_progress', select: recordsOf(records, large), keep: RECORD_INDEXES },
    { table: 'course_progress', select: rollupsOf(learners, large) },
    { table: 'certificate', select: CERTIFICATES },
    { table: 'analytics_learner', select: learnersSql(learners, large) },
    { table: 'learner_day', select: daysSql(learners, large) },
  ];
  for (const table of tables) {
    say(table.table);
    await fill(client, table);
  }
  await client.query(DILIGENT_SQL);
  say('figures');
  await client.query(SEEN);
  const figures = [
    { table: 'analytics_lesson', select: LESSON_SUMS },
    { table: 'analytics_second', select: SECONDS },
    { table: 'analytics_silence', select: SILENCE },
    { table: 'analytics_cohort', select: COHORTS },
    { table: 'analytics_day', select: DAYS },
  ];
  for (const table of figures) await fill(client, table);
  await client.query('DROP TABLE seen');
  await client.query(STATE);
  say('VACUUM ANALYZE');
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}
