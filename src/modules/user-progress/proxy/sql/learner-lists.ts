import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { RECORD_COLUMNS } from '../../record-columns.js';
import type { ListedColumn } from '../../listed-columns.js';
import { LENGTH_OF_LESSON } from './record-columns.js';

/** The filters that a learner's list may have beside the learner: their columns, and the types of their values. */
export const LEARNER_LIST_FILTERS = {
  courseId: ['course_id', 'varchar'],
  lessonId: ['lesson_id', 'varchar'],
  completed: ['completed', 'bool'],
} as const;

export type LearnerListFilter = keyof typeof LEARNER_LIST_FILTERS;

/**
 * Which records a list begins with. `oldest`: in the order of ids, which is that of creation. `latest`: the last
 * changed first; no index has `updated_at`, since every beat changes it, so all matching records of the learner are
 * read and sorted. `after`: in the order of ids, those behind an id.
 */
export type LearnerListOrder = 'oldest' | 'latest' | 'after';

export interface LearnerListShape {
  readonly order: LearnerListOrder;
  readonly filters: readonly LearnerListFilter[];
  readonly columns: readonly ListedColumn[];
}

const ORDER_BY: Record<LearnerListOrder, string> = {
  oldest: 'u.id',
  latest: 'u.updated_at DESC, u.id DESC',
  after: 'u.id',
};

/**
 * Lists of learners, any number of the same shape: of each its records and, where `total` is true, how many there are.
 * $1: JSON array of { user_id, total, lim, off } with the values of the filters, and `after_id` for that order. $2: the users.
 * Returns one row for each, in their order. `items` are arrays with the values of `columns`: reading one value of JSON
 * costs a fraction of reading as many rows.
 * @param name of the shape, in letters
 */
export function learnerLists(name: string, { order, filters, columns }: LearnerListShape) {
  const conditions = filters.map((filter) => equals('u', LEARNER_LIST_FILTERS[filter][0]));
  const where = [
    `u.user_id = k.user_id AND ${named('u', '$2')} AND u.deleted_at IS NULL`,
    ...conditions,
    ...(order === 'after' ? ['u.id > k.after_id'] : []),
  ].join(' AND ');
  const key = [
    ...['user_id varchar', 'total bool', 'lim int', 'off int'],
    ...filters.map((filter) => LEARNER_LIST_FILTERS[filter].join(' ')),
    ...(order === 'after' ? ['after_id uuid'] : []),
  ];
  return statement({
    name: ['learner-lists', name].join('-'),
    columns: { total: column.nullable(column.int4), items: column.json<unknown[][]>() },
    text: `
      SELECT CASE WHEN k.total THEN ${total(filters)} END AS total,
             to_json(ARRAY(
               SELECT json_build_array(${columns.map(valueOf).join(', ')})
               FROM (SELECT * FROM user_progress u WHERE ${where}
                     ORDER BY ${ORDER_BY[order]} LIMIT k.lim OFFSET k.off) u)) AS items
      FROM ROWS FROM (json_to_recordset($1::json) AS (${key.join(', ')}))
           WITH ORDINALITY AS k (${key.map((one) => one.split(' ')[0]).join(', ')}, position)
      ORDER BY k.position`,
  });
}

/** The exact number of records: from the rollups, unless a lesson is given, which only the records know. */
function total(filters: readonly LearnerListFilter[]): string {
  if (filters.includes('lessonId')) {
    const conditions = filters.map((filter) => equals('u', LEARNER_LIST_FILTERS[filter][0]));
    return `(SELECT count(*)::int FROM user_progress u
      WHERE u.user_id = k.user_id AND ${named('u', '$2')} AND u.deleted_at IS NULL AND ${conditions.join(' AND ')})`;
  }
  const counted = filters.includes('completed')
    ? 'CASE WHEN k.completed THEN p.lessons_completed ELSE p.lessons_started - p.lessons_completed END'
    : 'p.lessons_started';
  const course = filters.includes('courseId') ? `AND ${equals('p', 'course_id')}` : '';
  return `(SELECT COALESCE(sum(${counted}), 0)::int FROM course_progress p
    WHERE p.user_id = k.user_id AND ${named('p', '$2')} ${course})`;
}

const equals = (table: string, name: string): string => `${table}.${name} = k.${name}`;

const valueOf = (wanted: ListedColumn): string =>
  wanted === 'durationSeconds' ? `(${LENGTH_OF_LESSON})` : `u.${RECORD_COLUMNS[wanted].name}`;
