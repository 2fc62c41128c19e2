import type pg from 'pg';
import { ISSUED_AFTER_SECONDS } from './certificates.ts';
import type { KeptHistory } from './keep-records.ts';
import type { ServiceCode } from './service-code.ts';

/**
 * Stores records, and all that the service stores with them: rollups, certificates, the journal of analytics. Events are
 * not told: nobody was there. One statement, so all of it or nothing. Courses must be known to the service.
 * $1: JSON array of records; $2, $3: any of the learners, and the moves of the records, or null; $4: how many learners are done
 */
const storingStatement = ({
  RECORD_COLUMNS,
  appendToJournal,
  certificateMoves,
  givenMoves,
  learnerMoves,
}: ServiceCode): string => {
  const columns = Object.values(RECORD_COLUMNS);
  const names = columns.map(({ name }) => name).join(', ');
  const typed = columns.map(({ name, column }) => `${name} ${column.type}`).join(', ');
  return `
    WITH record AS (
      INSERT INTO user_progress (${names})
      SELECT ${names} FROM json_to_recordset($1::json) AS r (${typed})
      RETURNING *
    ),
    total AS (
      SELECT user_id, course_id, count(*)::int AS started, (count(*) FILTER (WHERE completed))::int AS completed,
             sum(watch_time_seconds)::bigint AS watched, max(completed_at) AS last_completed_at,
             min(created_at) AS created_at, max(updated_at) AS last_activity_at
      FROM record GROUP BY user_id, course_id
    ),
    rollup AS (
      INSERT INTO course_progress (
        user_id, course_id, lessons_started, lessons_completed, listed_completed, lessons_total, structure_version,
        watch_time_seconds, completed_at, last_activity_at, created_at)
      SELECT t.user_id, t.course_id, t.started, t.completed, t.completed, c.lessons_total, c.structure_version,
             t.watched, CASE WHEN t.completed = c.lessons_total THEN t.last_completed_at END,
             t.last_activity_at, t.created_at
      FROM total t JOIN course c ON c.course_id = t.course_id
      RETURNING user_id, course_id, created_at, completed_at
    ),
    issued AS (
      INSERT INTO certificate (user_id, course_id, status, completed_at, requested_at, issued_at)
      SELECT user_id, course_id, 'ISSUED', completed_at, completed_at, completed_at + interval '${ISSUED_AFTER_SECONDS} s'
      FROM rollup WHERE completed_at IS NOT NULL
      RETURNING user_id, course_id, issued_at
    ),
    joined AS (
      SELECT user_id, course_id, 1 AS joined, created_at, completed_at FROM rollup
    ),
    ${appendToJournal('journalled', givenMoves('$2', '$3'), learnerMoves('joined'), certificateMoves('issued', 1))}
    UPDATE sandbox.history SET learners_done = $4`;
};

/** Stores the records of some learners. */
export async function storePortion(
  database: Pick<pg.Client, 'query'>,
  histories: readonly KeptHistory[],
  { learnersDone, code }: { learnersDone: number; code: ServiceCode },
): Promise<void> {
  const columns = Object.entries(code.RECORD_COLUMNS);
  const records = histories.flatMap((history) => history.records);
  const rows = records.map((record) =>
    Object.fromEntries(
      columns.map(([property, { name }]) => [name, record[property as keyof typeof record]]),
    ),
  );
  const moves = histories.flatMap((history) => history.moves);
  const given = moves.length > 0 ? JSON.stringify(moves) : null;
  await database.query({
    name: 'store-history',
    text: storingStatement(code),
    values: [JSON.stringify(rows), records[0]?.userId, given, learnersDone],
  });
}

/** Those who have records in these courses already: somebody was quicker than the history. */
export async function havingRecords(
  database: Pick<pg.Client, 'query'>,
  userIds: readonly string[],
  courseIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await database.query<{ user_id: string }>(
    'SELECT DISTINCT user_id FROM course_progress WHERE user_id = ANY ($1) AND course_id = ANY ($2)',
    [userIds, courseIds],
  );
  return new Set(rows.map((row) => row.user_id));
}
