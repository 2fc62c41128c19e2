import { fieldsOf, type AnyTable, type Cell, type Table } from './table.ts';

/** A spreadsheet would run a text that begins so. */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;
/** By which spreadsheets know that it is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export function toCsv<Row>({ columns, rows }: Table<Row>): string {
  const fields = fieldsOf(columns);
  const lines = [
    fields.map((one) => field(one.field)),
    ...rows.map((row) => fields.map(({ value }) => field(value(row)))),
  ];
  return BYTE_ORDER_MARK + lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Saves what the table has, with all of its pages. */
export async function saveCsv(table: AnyTable): Promise<void> {
  const rows = table.all ? await table.all() : table.rows;
  const content = toCsv({ ...table, rows });
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${table.name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
