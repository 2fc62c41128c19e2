import { ScrollFrame } from './scroll-frame.tsx';
import { fieldsOf, isNumeric, written, type Column, type Table } from './table.ts';

/**
 * A table whose figures carry their exact values: `<data value>`. On a narrow screen the rows of named things have their
 * figures below the name. Roles are spelled out: what such a style lays out anew is no table any more to some browsers.
 */
export function DataTable<Row>({ table, label }: { table: Table<Row>; label: string }) {
  const { columns, rows } = table;
  return (
    <ScrollFrame label={label}>
      <table role="table" class={columns[0]!.kind === 'text' ? 'named' : undefined}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                scope="col"
                role="columnheader"
                class={classOf(column)}
                data-fields={fieldsOf([column])
                  .map(({ field }) => field)
                  .join(' ')}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row">
              {columns.map((column) => (
                <td role="cell" class={classOf(column)} data-title={column.title}>
                  <Content column={column} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

const classOf = <Row,>({ kind }: Column<Row>): string => (isNumeric(kind) ? 'number' : kind);

function Content<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { kind, show, beside } = column;
  const value = column.value(row);
  const content = <data value={value ?? ''}>{show?.(row) ?? written(value, kind)}</data>;
  if (!beside) return content;
  const other = beside.value(row);
  return <>{beside.words(content, <data value={other ?? ''}>{written(other, kind)}</data>)}</>;
}
