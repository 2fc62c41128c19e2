import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { LESSON_OF_RECORD, RECORD, RECORD_ROW } from './record-columns.js';

/**
 * Records of anybody, then their lessons: Citus does not join what it gathers from every shard with a union, but joins it
 * when it is gathered. `which` is what follows `WHERE`.
 */
const recordsOfAnybody = (which: string): string => `
    WITH u AS MATERIALIZED (SELECT * FROM user_progress u WHERE ${which})
    SELECT ${RECORD} FROM u ${LESSON_OF_RECORD}`;

/** Live records by id. $1: uuid[]. */
export const recordsById = statement({
  name: 'records-by-id',
  columns: RECORD_ROW,
  text: recordsOfAnybody('u.id = ANY ($1::uuid[]) AND u.deleted_at IS NULL'),
});

/** Live records by learner and lesson. $1: user ids, $2: lesson ids, pair by pair, $3: the users. */
export const recordsByLesson = statement({
  name: 'records-by-lesson',
  columns: RECORD_ROW,
  text: `
    SELECT ${RECORD}
    FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, lesson_id)
    JOIN user_progress u ON u.user_id = k.user_id AND u.lesson_id = k.lesson_id AND u.deleted_at IS NULL
    ${LESSON_OF_RECORD}
    WHERE ${named('u', '$3')}`,
});

/** The filters that a list may combine, in the order of their parameters. */
export const LIST_FILTERS = {
  userId: 'u.user_id',
  courseId: 'u.course_id',
  lessonId: 'u.lesson_id',
  completed: 'u.completed',
} as const;

export type ListFilterName = keyof typeof LIST_FILTERS;

/** `WHERE` over live records; the named filters are $1, $2, … in their order. */
function where(filters: readonly ListFilterName[], first = 1): string {
  const conditions = filters.map((name, index) => `${LIST_FILTERS[name]} = $${first + index}`);
  return ['u.deleted_at IS NULL', ...conditions].join(' AND ');
}

/** One page, in the order of ids, which is that of creation. $1: limit, $2: offset, then the filters. */
export function listPage(filters: readonly ListFilterName[]) {
  return statement({
    name: ['list-page', ...filters].join('-'),
    columns: RECORD_ROW,
    text: `${recordsOfAnybody(`${where(filters, 3)} ORDER BY u.id LIMIT $1 OFFSET $2`)} ORDER BY u.id`,
  });
}

/** The records after an id. $1: limit, $2: the id, then the filters. */
export function listAfter(filters: readonly ListFilterName[]) {
  return statement({
    name: ['list-after', ...filters].join('-'),
    columns: RECORD_ROW,
    text: `${recordsOfAnybody(`u.id > $2::uuid AND ${where(filters, 3)} ORDER BY u.id LIMIT $1`)} ORDER BY u.id`,
  });
}

/** Counts live records one by one: for filters that no rollup has. */
export function countRecords(filters: readonly ListFilterName[]) {
  return statement({
    name: ['count-records', ...filters].join('-'),
    columns: { total: column.int4 },
    text: `SELECT count(*)::int AS total FROM user_progress u WHERE ${where(filters)}`,
  });
}

const ROLLUP_FILTERS = { userId: 'user_id', courseId: 'course_id' } as const;

export type RollupFilterName = keyof typeof ROLLUP_FILTERS;

/** How many live records there are, and how many of them are completed, from the rollups. */
export function sumRollups(filters: readonly RollupFilterName[]) {
  const conditions = filters.map((name, index) => `${ROLLUP_FILTERS[name]} = $${index + 1}`);
  return statement({
    name: ['sum-rollups', ...filters].join('-'),
    columns: { started: column.int4, completed: column.int4 },
    text: `
      SELECT COALESCE(sum(lessons_started), 0)::int AS started,
             COALESCE(sum(lessons_completed), 0)::int AS completed
      FROM course_progress ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`,
  });
}
