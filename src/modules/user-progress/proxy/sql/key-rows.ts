/**
 * The rows of arrays that belong together: parameters with their types, each a column.
 *
 * PostgreSQL cannot see the limit, so it expects few rows, however long the arrays are. Otherwise it would plan the
 * statement anew for each length, and read a whole table while that is small.
 */
export const rowsOf = (first: string, ...others: string[]): string =>
  `(SELECT * FROM unnest(${[first, ...others].join(', ')}) LIMIT (SELECT cardinality(${first})))`;

/**
 * Names the learners whose rows are meant, beside the join that finds each row: a distributed table is then read in one
 * place.
 *
 * With another collation than the index has, this is a filter. As a condition of the index, PostgreSQL (until 17) would
 * try every learner again for each row.
 */
export const ofLearners = (alias: string, userIds: string): string =>
  `${alias}.user_id = ANY (${userIds}::varchar[] COLLATE "C")`;
