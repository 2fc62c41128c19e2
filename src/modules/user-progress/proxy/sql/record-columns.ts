import { column } from '../../../../common/database/statement.js';
import { RECORD_COLUMNS } from '../../record-columns.js';

const described = Object.entries(RECORD_COLUMNS);

/** The columns of a `ProgressRecord`, as returned by a statement that selects `RECORD`. */
export const RECORD_ROW = {
  ...(Object.fromEntries(described.map(([property, { column: type }]) => [property, type])) as {
    [Property in keyof typeof RECORD_COLUMNS]: (typeof RECORD_COLUMNS)[Property]['column'];
  }),
  durationSeconds: column.nullable(column.int4),
};

/** A record with its lesson's length: `u` is `user_progress`, `l` is what `LESSON_OF_RECORD` joins. */
export const RECORD = [
  ...described.map(([property, { name }]) => `u.${name} AS "${property}"`),
  'l.duration_seconds AS "durationSeconds"',
].join(', ');

/** The columns of `RECORD` without a record: all are null, but for the learner where `userId` (SQL) is given. */
export const noRecord = (userId = 'NULL'): string =>
  [
    ...described.map(
      ([
        property,
        {
          column: { type },
        },
      ]) =>
        property === 'userId'
          ? `${userId}::${type} AS "${property}"`
          : `NULL::${type} AS "${property}"`,
    ),
    'NULL::integer AS "durationSeconds"',
  ].join(', ');

/**
 * Reads the length of the lesson of a record `u`, listed by its course or not. The second table is read for lessons that
 * are not in the first.
 */
export const LENGTH_OF_LESSON = `
        SELECT duration_seconds FROM course_lesson
        WHERE course_id = u.course_id AND lesson_id = u.lesson_id
        UNION ALL
        SELECT duration_seconds FROM unlisted_lesson
        WHERE course_id = u.course_id AND lesson_id = u.lesson_id LIMIT 1`;

/**
 * Joins a record `u` to its lesson, always by key: the planner does not know how few records there are, and would
 * sometimes read every lesson of every course.
 */
export const LESSON_OF_RECORD = `
      LEFT JOIN LATERAL (${LENGTH_OF_LESSON}) l ON true`;
