import type { Statement } from '../../../common/database/statement.js';
import { LISTED_COLUMNS, type ListedColumn } from '../listed-columns.js';
import {
  learnerLists,
  type LearnerListFilter,
  type LearnerListOrder,
} from './sql/learner-lists.js';

/** Clients send few different documents. Each set of columns is a statement that every connection prepares. */
const COLUMN_SETS_MAXIMUM = 12;

export interface ListShape {
  readonly statement: Statement<{ total: number | null; items: unknown[][] }>;
  readonly columns: readonly ListedColumn[];
}

/**
 * The statements for lists of learners: one for each order, set of filters and set of columns. Only the first few sets
 * of columns get statements of their own; for the others all columns are read. So clients cannot fill the memory of
 * PostgreSQL's connections with prepared statements.
 */
export class LearnerListShapes {
  private readonly columnSets = new Map([[letters(LISTED_COLUMNS), LISTED_COLUMNS]]);
  private readonly shapes = new Map<string, ListShape>();

  find(
    order: LearnerListOrder,
    filters: readonly LearnerListFilter[],
    wanted: readonly ListedColumn[],
  ): ListShape {
    const columns = this.columnsFor(wanted);
    const name = [order, ...filters, letters(columns)].join('-');
    let shape = this.shapes.get(name);
    if (!shape) {
      shape = { statement: learnerLists(name, { order, filters, columns }), columns };
      this.shapes.set(name, shape);
    }
    return shape;
  }

  private columnsFor(wanted: readonly ListedColumn[]): readonly ListedColumn[] {
    const name = letters(wanted);
    const known = this.columnSets.get(name);
    if (known) return known;
    if (this.columnSets.size >= COLUMN_SETS_MAXIMUM) return LISTED_COLUMNS;
    this.columnSets.set(name, wanted);
    return wanted;
  }
}

/** A letter for each column: names of statements have no digits, and at most 63 characters. */
const letters = (columns: readonly ListedColumn[]): string =>
  LISTED_COLUMNS.map((column, index) =>
    columns.includes(column) ? String.fromCharCode('a'.charCodeAt(0) + index) : '',
  ).join('') || 'none';
