import type { Statement } from '../../../common/database/statement.js';
import type { ExportedEntries, ExportedLists } from '../dtos/exported-data.dto.js';

type Position = string | number;

type Query = <Row extends object>(statement: Statement<Row>, values: unknown[]) => Promise<Row[]>;

interface ListDefinition<Name extends keyof ExportedEntries, Row extends object> {
  /** Where the entries are in the answer. */
  list: Name;
  /** A page of the table's rows, in the order of their positions. $1: user id, $2: position before, $3: how many */
  statement: Statement<Row>;
  toEntry: (row: Row) => ExportedEntries[Name];
  /** What cursors call the position. Another name would make a list begin again in the middle of an export. */
  cursorKey: string;
  /** Before the first row. */
  beginning: Position;
  positionOf: (row: Row) => Position;
}

/** One list of an export, with its row's type hidden. */
export interface ExportedList {
  readonly list: keyof ExportedEntries;
  readonly cursorKey: string;
  readonly beginning: Position;
  /** Adds up to `limit` entries to the list of that name. @returns the last one's position; null where there is none. */
  read(
    query: Query,
    page: { userId: string; after: Position; limit: number },
    into: ExportedLists,
  ): Promise<Position | null>;
}

/** How a table's rows become entries of an export. */
export function exportedList<Name extends keyof ExportedEntries, Row extends object>({
  list,
  statement,
  toEntry,
  positionOf,
  ...cursor
}: ListDefinition<Name, Row>): ExportedList {
  return {
    list,
    ...cursor,
    read: async (query, { userId, after, limit }, into) => {
      const rows = await query(statement, [userId, after, limit]);
      into[list].push(...rows.map(toEntry));
      const last = rows.at(-1);
      return last === undefined ? null : positionOf(last);
    },
  };
}
