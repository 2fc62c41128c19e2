import { column, statement, type Column } from '../../../../common/database/statement.js';
import type { ExportedRecord } from '../../../privacy/dtos/exported-data.dto.js';
import { IS_CUT, pageOfRows } from '../../../privacy/proxy/sql/page-of-rows.js';
import { RECORD_COLUMNS, type RecordColumn } from '../../record-columns.js';
import { LESSON_OF_RECORD } from './record-columns.js';

/** The properties whose name in the API is the TypeScript one. All others have the SQL name. */
const CAMEL_CASE = new Set(['id', 'lessonId', 'courseId', 'createdAt', 'updatedAt', 'deletedAt']);

type ExportedRow = Omit<ExportedRecord, 'watched' | 'watched_again' | 'seen_since'> & {
  watched: string;
  watched_again: string;
  seen_since: string | null;
};

const EXPORTED = Object.entries<RecordColumn<unknown>>(RECORD_COLUMNS)
  .filter(([property]) => property !== 'userId')
  .map(([property, described]) => ({
    ...described,
    field: CAMEL_CASE.has(property) ? property : described.name,
  }));

/**
 * A learner's records after an id, also deleted ones, since these are still stored, with the length of the lesson. Every
 * column is read; `ExportedRecord` says which ones the learner gets, and two tests compare it with the table. $1: user
 * id, $2: record id, $3: how many
 */
export const exportRecords = statement({
  name: 'export-records',
  columns: {
    ...(Object.fromEntries(EXPORTED.map(({ field, column: type }) => [field, type])) as {
      [Field in keyof ExportedRow]: Column<ExportedRow[Field]>;
    }),
    durationSeconds: column.nullable(column.int4),
    isCut: column.bool,
  },
  text: `
    SELECT ${EXPORTED.map(({ field, name }) => `u.${name} AS "${field}"`).join(', ')},
           l.duration_seconds AS "durationSeconds", ${IS_CUT} AS "isCut"
    FROM ${pageOfRows('user_progress', { position: 'id', cast: '::uuid', ranges: ['watched', 'watched_again', 'seen_since'] })} u
    ${LESSON_OF_RECORD}
    ORDER BY u.id`,
});

/** A learner's courses after an id. $1: user id, $2: course id, $3: how many */
export const exportCourses = statement({
  name: 'export-courses',
  columns: {
    courseId: column.varchar,
    lessons_started: column.int4,
    lessons_completed: column.int4,
    watch_time_seconds: column.float8,
    completed_at: column.nullable(column.timestamptz),
    last_activity_at: column.timestamptz,
  },
  text: `
    SELECT course_id AS "courseId", lessons_started, lessons_completed,
           watch_time_seconds::float8 AS watch_time_seconds, completed_at, last_activity_at
    FROM course_progress WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
});
