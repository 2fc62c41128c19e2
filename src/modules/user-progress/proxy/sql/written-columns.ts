import { RECORD_COLUMNS } from '../../record-columns.js';

const columns = Object.values(RECORD_COLUMNS);
const sent = columns.filter(({ set }) => set !== 'clock');

const valueOf = ({ name, set }: (typeof columns)[number], row: string): string =>
  set === 'clock' ? 'transaction_timestamp()' : `${row}.${name}`;

/** The record's columns in a JSON recordset: names and types. */
export const SENT_COLUMNS = sent.map(({ name, column }) => `${name} ${column.type}`).join(', ');

/** The columns of an INSERT, and their values from the recordset `i`. */
export const INSERTED_COLUMNS = columns.map(({ name }) => name).join(', ');
export const INSERTED_VALUES = columns.map((column) => valueOf(column, 'i')).join(', ');

/** The assignments of an UPDATE from the recordset `i`: all columns that can change. */
export const UPDATED_COLUMNS = columns
  .filter(({ set }) => set !== 'insert')
  .map((column) => `${column.name} = ${valueOf(column, 'i')}`)
  .join(', ');
