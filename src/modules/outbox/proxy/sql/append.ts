import type { Topic } from '../../topics.js';

/** Appends one entry for each row of a common table expression with `user_id` and `course_id`. */
export interface Entries {
  topic: Topic;
  /** The common table expression's name. */
  from: string;
  /** A condition on its rows, in SQL. */
  where?: string;
  /** Whether its rows have a `lesson_id` to copy into the entries. */
  ofLessons?: boolean;
}

/**
 * The common table expression `cte`, which appends entries to the outbox in the transaction of its statement: they are
 * delivered only if that commits. Returns the new rows' `id`.
 */
export function appendToOutbox(cte: string, ...entries: Entries[]): string {
  const rows = entries.map(
    ({ topic, from, where, ofLessons }) => `
      SELECT '${topic}', user_id, course_id, ${ofLessons ? 'lesson_id' : 'NULL'} FROM ${from}${where ? ` WHERE ${where}` : ''}`,
  );
  return `
    ${cte} AS (
      INSERT INTO outbox (topic, user_id, course_id, lesson_id)${rows.join(`
      UNION ALL`)}
      RETURNING id
    )`;
}
