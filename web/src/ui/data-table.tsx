import { isNumeric, written, type Table } from './table.ts';

/** A table whose figures carry their exact values: `<data value>`. */
export function DataTable<Row>({ table, label }: { table: Table<Row>; label: string }) {
  const { columns, rows } = table;
  return (
    // It may be wider than a narrow screen: then it is scrolled, also by keyboard.
    <div class="table-frame" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ title, kind }) => (
              <th scope="col" class={isNumeric(kind) ? 'number' : kind}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column) => {
                const value = column.value(row);
                return (
                  <td class={isNumeric(column.kind) ? 'number' : column.kind}>
                    <data value={value ?? ''}>
                      {column.show?.(row) ?? written(value, column.kind)}
                    </data>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
