/** Learners' tables: each learner's rows of all of them are on one node, found by `user_id`. */
export const LEARNERS_TABLES = [
  'user_progress',
  'course_progress',
  'watch_session',
  'watch_clock',
  'idempotency_key',
  'certificate',
  'outbox',
  'analytics_journal',
] as const;

/** What statements join with learners' tables: every node has all of it. In the order of their foreign keys. */
export const REFERENCE_TABLES = ['course', 'course_lesson', 'unlisted_lesson'] as const;

/**
 * The work and the memory of the service itself, small, and the folded figures of analytics, which one folder at a time
 * writes: on the coordinator only.
 */
export const COORDINATOR_TABLES = [
  'adoption',
  'analytics_cohort',
  'analytics_course',
  'analytics_day',
  'analytics_learner',
  'analytics_lesson',
  'analytics_month',
  'analytics_open_lesson',
  'analytics_quarter',
  'analytics_second',
  'analytics_silence',
  'analytics_state',
  'analytics_week',
  'course_evaluation',
  'course_shrink',
  'cursor_key',
  'erased_user',
  'learner_day',
  'schema_migration',
  'unread_event',
  'unreconciled_lesson',
] as const;

/**
 * Keys that do not hold the column by which their table is distributed: Citus could not keep them unique. No two nodes
 * give the same id: it is random, or from a stretch of numbers that each node has of its own.
 */
export const KEYS = [
  { table: 'user_progress', key: 'user_progress_pkey', columns: '(user_id, id)' },
  { table: 'outbox', key: 'outbox_pkey', columns: '(user_id, id)' },
  { table: 'analytics_journal', key: 'analytics_journal_pkey', columns: '(id, user_id)' },
] as const;

/** Foreign keys from a table of the coordinator to a reference table. Courses are never deleted, so none is missed. */
export const FOREIGN_KEYS = [
  { table: 'unreconciled_lesson', key: 'unreconciled_lesson_course_id_fkey' },
  { table: 'course_shrink', key: 'course_shrink_course_id_fkey' },
] as const;
