import type { ComponentChildren } from 'preact';
import { dayMedium } from '../format/days.ts';
import * as numbers from '../format/numbers.ts';

export type Cell = number | string | null;

/** How the values of a column are written on the screen. A file has the values themselves. */
export type Kind = 'text' | 'count' | 'percent' | 'day' | 'duration' | 'position';

export interface Column<Row> {
  title: string;
  /** Its name in a file, with the unit, the same in all languages: `watch_time_seconds`. */
  field: string;
  kind: Kind;
  /** Numbers as numbers, days as ISO dates, times in seconds; null where there is none. */
  value(row: Row): Cell;
  /** What the screen has around the value: a link, a bar. */
  show?(row: Row): ComponentChildren;
  /** What belongs to the value, and stands in the same cell: `4 of 12`. A file has a column for it. */
  beside?: Pick<Column<Row>, 'field' | 'value'> & {
    words(value: ComponentChildren, beside: ComponentChildren): ComponentChildren;
  };
}

/** The columns of a file. */
export const fieldsOf = <Row>(
  columns: readonly Column<Row>[],
): Pick<Column<Row>, 'field' | 'value'>[] =>
  columns.flatMap((column) => (column.beside ? [column, column.beside] : [column]));

/** What is on the screen, and in the file. */
export interface Table<Row> {
  /** The file's name, without its ending. */
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Those of all pages, where the screen has the first ones only. */
  all?: () => Promise<readonly Row[]>;
}

/** What a chart and its panel have to know of a table: not of what its rows are. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTable = Table<any>;

export const isNumeric = (kind: Kind): boolean => kind !== 'text' && kind !== 'day';

export const NOTHING = '–';

export function written(value: Cell, kind: Kind): string {
  if (value === null) return NOTHING;
  if (typeof value === 'string') return kind === 'day' ? dayMedium(value) : value;
  return kind === 'day' || kind === 'text' ? String(value) : numbers[kind](value);
}
