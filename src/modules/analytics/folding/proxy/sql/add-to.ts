/** What is added to a table of sums. */
interface Addition {
  table: string;
  /** The columns of its primary key. */
  keys: readonly string[];
  /** The columns that are added up. */
  sums: readonly string[];
  /** A SELECT of these columns: each key once, in the order of keys. */
  from: string;
}

/**
 * Common table expressions, named after `cte`, that add sums to rows of a table, and insert the rows that are missing.
 * An upsert would do the same, but it locks each row before it changes it, and confirms each row that it inserts: 56 bytes
 * of log. Here nobody else writes the table, since one folder at a time holds the state.
 *
 * EXCEPT hashes or sorts. The planner does not know how long these lists are, and makes a nested loop of an anti-join.
 */
export function addTo(cte: string, { table, keys, sums, from }: Addition): string {
  const columns = [...keys, ...sums].join(', ');
  const isSame = (one: string, other: string): string =>
    keys.map((key) => `${one}.${key} = ${other}.${key}`).join(' AND ');
  return `
    ${cte}_sum AS MATERIALIZED (${from}
    ),
    ${cte}_changed AS (
      UPDATE ${table} g SET ${sums.map((sum) => `${sum} = g.${sum} + s.${sum}`).join(', ')}
      FROM ${cte}_sum s WHERE ${isSame('g', 's')}
      RETURNING ${[...keys, ...sums].map((name) => `s.${name}`).join(', ')}
    ),
    ${cte}_made AS (
      INSERT INTO ${table} (${columns})
      SELECT ${columns} FROM ${cte}_sum EXCEPT ALL SELECT ${columns} FROM ${cte}_changed
      ORDER BY ${keys.join(', ')}
    )`;
}
