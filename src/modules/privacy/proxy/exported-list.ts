import type { Statement } from '../../../common/database/statement.js';
import type { ExportedEntries, ExportedLists } from '../dtos/exported-data.dto.js';

type Position = string | number;

type Query = <Row extends object>(statement: Statement<Row>, values: unknown[]) => Promise<Row[]>;

/** A row of a statement that ends a page early, where rows are large, says of the last one that it did so. */
type Cut = { isCut?: boolean };

interface ListDefinition<Name extends keyof ExportedEntries, Row extends object> {
  /** The list's name in the answer. */
  list: Name;
  /** A page of the table's rows, in the order of their positions. $1: user id, $2: the position before, $3: how many */
  statement: Statement<Row>;
  toEntry: (row: Omit<Row, keyof Cut>) => ExportedEntries[Name];
  /** The position's name in cursors. Renaming it would restart the list in the middle of an export. */
  cursorKey: string;
  /** The position before the first row. */
  beginning: Position;
  positionOf: (row: Row) => Position;
}

/** One list of an export, without the type of its rows. */
export interface ExportedList {
  readonly list: keyof ExportedEntries;
  readonly cursorKey: string;
  readonly beginning: Position;
  /** Adds up to `limit` entries to its list. @returns the last entry's position, and whether more may follow; null when there is none. */
  read(
    query: Query,
    page: { userId: string; after: Position; limit: number },
    into: ExportedLists,
  ): Promise<{ last: Position; isMore: boolean } | null>;
}

/** Describes how a table's rows become entries of an export. */
export function exportedList<Name extends keyof ExportedEntries, Row extends object & Cut>({
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
      into[list].push(...rows.map(({ isCut: _, ...row }) => toEntry(row)));
      const last = rows.at(-1);
      if (last === undefined) return null;
      return { last: positionOf(last), isMore: rows.length === limit || last.isCut === true };
    },
  };
}
