import type { Statement } from '../../../../common/database/database.js';

/** Rows that one statement deletes at most: it takes some milliseconds, and holds few locks. */
export const DELETE_BATCH = 500;

/**
 * Where a learner's rows are, and by which columns they are locked: in the order in which writes lock them too, so
 * that neither waits for the other in a circle.
 */
const KEYS = {
  user_progress: ['user_id', 'lesson_id'],
  course_progress: ['user_id', 'course_id'],
  watch_session: ['user_id', 'session_id'],
  watch_clock: ['user_id', 'hour'],
  idempotency_key: ['user_id', 'key'],
  certificate: ['user_id', 'course_id'],
  outbox: ['id'],
} as const;

export type PersonalTable = keyof typeof KEYS;

export const PERSONAL_TABLES = Object.keys(KEYS) as PersonalTable[];

/** Deletes some of a user's rows, and says how many. $1: user id */
export function deleteRows(table: PersonalTable): Statement {
  const key = KEYS[table].join(', ');
  return {
    name: `erase_${table}`,
    text: `
      WITH gone AS (
        DELETE FROM ${table} WHERE (${key}) IN (
          SELECT ${key} FROM ${table} WHERE user_id = $1
          ORDER BY ${key} LIMIT ${DELETE_BATCH}
          FOR UPDATE)
        RETURNING 1
      )
      SELECT count(*)::int AS deleted FROM gone`,
  };
}

/** A walk over a course's learners may have stopped at this one: it begins again, which changes nothing. $1: user id */
export const leaveWalks: Statement = {
  name: 'erase_from_walks',
  text: `UPDATE course SET evaluated_user_id = NULL WHERE evaluated_user_id = $1`,
};
