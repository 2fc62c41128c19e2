import { vi } from 'vitest';
import { Database } from '../../../../src/common/database/database.js';
import type { Statement } from '../../../../src/common/database/statement.js';
import { BREAKS, isOfStatement } from './breaks.ts';

/** From now on the break's statements are sent as it changes them, until mocks are restored. */
export function breakStatements(name: string): void {
  const edits = BREAKS[name]!.filter(isOfStatement);
  const index = Object.keys(BREAKS).indexOf(name);
  const query = Database.prototype.query;
  vi.spyOn(Database.prototype, 'query').mockImplementation(function <Row extends object>(
    this: Database,
    statement: Statement<Row>,
    values: unknown[],
  ): Promise<Row[]> {
    const wanted = edits.filter((edit) => edit.statement === statement.name);
    if (wanted.length === 0) return query.call(this, statement, values) as Promise<Row[]>;
    const text = wanted.reduce((sql, { from, to }) => sql.replaceAll(from, to), statement.text);
    // A connection knows the statement of this name already.
    const broken = { ...statement, name: `${statement.name}-${index}`, text };
    return query.call(this, broken, values) as Promise<Row[]>;
  });
}
