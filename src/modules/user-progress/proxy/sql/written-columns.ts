import { RECORD_COLUMNS } from '../../record-columns.js';

const columns = Object.values(RECORD_COLUMNS);
const sent = Object.entries(RECORD_COLUMNS).filter(([, { set }]) => set !== 'clock');

const valueOf = ({ name, set }: (typeof columns)[number], row: string): string =>
  set === 'clock' ? 'transaction_timestamp()' : `${row}.${name}`;

/** The record's columns in a JSON recordset, under the names that they have in TypeScript, and their types. */
export const SENT_COLUMNS = sent
  .map(([property, { column }]) => `"${property}" ${column.type}`)
  .join(', ');
/** The same columns, under the names that they have in SQL. */
export const SENT_AS_NAMED = sent
  .map(([property, { name }]) => `"${property}" AS ${name}`)
  .join(', ');

/** The columns of an INSERT, and their values from the recordset `i`. */
export const INSERTED_COLUMNS = columns.map(({ name }) => name).join(', ');
export const INSERTED_VALUES = columns.map((column) => valueOf(column, 'i')).join(', ');

/** The assignments of an UPDATE from the recordset `i`: all columns that can change. */
export const UPDATED_COLUMNS = columns
  .filter(({ set }) => set !== 'insert')
  .map((column) => `${column.name} = ${valueOf(column, 'i')}`)
  .join(', ');
