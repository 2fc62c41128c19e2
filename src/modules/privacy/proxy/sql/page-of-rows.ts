/** What the ranges in one page of a list may take as they are stored: some thousands of ranges. */
export const RANGES_BYTES_MAXIMUM = 20_480;

/**
 * The rows of a page of an export, for FROM: those of learner $1 after position $2, at most $3, and fewer if they hold
 * many ranges; at least one if there is one. `IS_CUT` says of a page's last row whether the ranges ended it.
 * @param position the column with the rows' positions; @param cast of $2
 * @param ranges the columns that hold ranges
 */
export function pageOfRows(
  table: string,
  { position, cast = '', ranges }: { position: string; cast?: string; ranges: readonly string[] },
): string {
  const bytes = ranges.map((column) => `COALESCE(pg_column_size(${column}), 0)`).join(' + ');
  return `(
      SELECT * FROM (
        SELECT *, sum(bytes) OVER (ORDER BY ${position}) AS bytes_until, sum(bytes) OVER () AS bytes_in_all
        FROM (
          SELECT *, ${bytes} AS bytes FROM ${table}
          WHERE user_id = $1 AND ${position} > $2${cast} ORDER BY ${position} LIMIT $3) found) sized
      WHERE bytes_until - bytes < ${RANGES_BYTES_MAXIMUM})`;
}

export const IS_CUT = 'bytes_until < bytes_in_all';
