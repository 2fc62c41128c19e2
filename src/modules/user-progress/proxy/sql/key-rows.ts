/**
 * The rows of arrays that belong together: parameters with their types, each a column.
 *
 * PostgreSQL cannot see the limit, so it expects few rows, however long the arrays are. Otherwise it would plan the
 * statement anew for each length, and read a whole table while that is small.
 */
export const rowsOf = (first: string, ...others: string[]): string =>
  `(SELECT * FROM unnest(${[first, ...others].join(', ')}) LIMIT (SELECT cardinality(${first})))`;
