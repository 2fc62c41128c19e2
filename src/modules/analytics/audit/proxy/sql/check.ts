/**
 * One table of sums, or some of its columns, and what they should be. Everything is SQL. $1, $2: the portion, after and
 * up to which key to look (null: to the end); $3: how many days of learners are kept.
 *
 * What should be is a recount of what the sums were made from, less what the journal still has to add: a snapshot of all
 * three is exact while others write and fold.
 */
export interface Check {
  /** In kebab-case. */
  readonly name: string;
  readonly table: string;
  /** Its primary key. */
  readonly keys: readonly string[];
  /** The columns that are compared, each with its value where there is no row. */
  readonly values: Readonly<Record<string, string>>;
  /** Common table expressions that the two SELECTs share, beside `COMMON`. */
  readonly parts: readonly string[];
  /** A SELECT of keys and values: the rows of the portion as they are. */
  readonly stored: string;
  /** The same as they should be. */
  readonly counted: string;
  /** Whether a row without values is deleted. Not where other columns of it may have some. */
  readonly deletes: boolean;
}

/** The values of sums: 0 without a row. */
export const sums = (...columns: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((name) => [name, '0']));
