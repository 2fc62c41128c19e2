import { column, statement } from '../../../../../common/database/statement.js';
import type { Check } from './check.js';
import { COMMON } from './common.js';

/** How many differences of a portion are told. */
export const TOLD_AT_MOST = 100;

/** `difference`: the rows of the portion that are not as they should be, each value beside what it should be. */
function differenceOf({ keys, values, parts, stored, counted }: Check): string {
  const names = Object.keys(values);
  const key = keys.join(', ');
  const beside = Object.entries(values).map(
    ([name, missing]) =>
      `COALESCE(s.${name}, ${missing}) AS is_${name}, COALESCE(c.${name}, ${missing}) AS ${name}`,
  );
  const both = (prefix: string) => names.map((name) => `d.${prefix}${name}`).join(', ');
  return `WITH ${[COMMON, ...parts].join(',')},
    difference AS MATERIALIZED (
      SELECT * FROM (
        SELECT ${key}, ${beside.join(', ')}
        FROM (${stored}) s FULL JOIN (${counted}) c USING (${key})) d
      WHERE (${both('is_')}) IS DISTINCT FROM (${both('')})
    )`;
}

/** Tells what is different in a portion, in the order of the keys. `found`: how many rows are, also beyond those told. */
export function verifying(check: Check) {
  const differences = Object.keys(check.values).map(
    (name) => `CASE WHEN is_${name} IS DISTINCT FROM ${name}
      THEN format('${name} is %s, should be %s', COALESCE(is_${name}::text, 'none'), COALESCE(${name}::text, 'none')) END`,
  );
  return statement({
    name: `verify-analytics-${check.name}`,
    columns: { key: column.text, differences: column.texts, found: column.int4 },
    text: `${differenceOf(check)}
    SELECT concat_ws(' ', ${check.keys.map((name) => `COALESCE(NULLIF(${name}::text, ''), '''''')`).join(', ')}) AS key,
           array_remove(ARRAY[${differences.join(', ')}], NULL) AS differences,
           (count(*) OVER ())::int AS found
    FROM difference ORDER BY ${check.keys.map((name) => `difference.${name}`).join(', ')} LIMIT ${TOLD_AT_MOST}`,
  });
}

/**
 * Makes a portion as it should be, and returns how many rows were not. The state must be locked: what this statement's
 * snapshot does not see stays in the journal until after the commit.
 */
export function rebuilding(check: Check) {
  const { table, keys, values, deletes } = check;
  const names = Object.keys(values);
  const columns = [...keys, ...names].join(', ');
  const isNothing = `(${names.join(', ')}) IS NOT DISTINCT FROM (${Object.values(values).join(', ')})`;
  const gone = `
    gone AS (
      DELETE FROM ${table} t USING (SELECT * FROM difference WHERE ${isNothing}) d
      WHERE ${keys.map((name) => `t.${name} = d.${name}`).join(' AND ')}
    ),`;
  return statement({
    name: `rebuild-analytics-${check.name}`,
    columns: { rows: column.int4 },
    text: `${differenceOf(check)},${deletes ? gone : ''}
    written AS (
      INSERT INTO ${table} (${columns})
      SELECT ${columns} FROM difference ${deletes ? `WHERE NOT (${isNothing})` : ''}
      ORDER BY ${keys.join(', ')}
      ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
    )
    SELECT count(*)::int AS rows FROM difference`,
  });
}
