import { ScrollFrame } from './scroll-frame.tsx';
import { isNumeric, written, type Table } from './table.ts';

/** A table whose figures carry their exact values: `<data value>`. */
export function DataTable<Row>({ table, label }: { table: Table<Row>; label: string }) {
  const { columns, rows } = table;
  return (
    <ScrollFrame label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ title, field, kind }) => (
              <th scope="col" class={isNumeric(kind) ? 'number' : kind} data-field={field}>
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
    </ScrollFrame>
  );
}
