import { RECORD_COLUMNS, type RecordColumn } from '../../record-columns.js';

const columns = Object.values<RecordColumn<unknown>>(RECORD_COLUMNS);
const sent = columns.filter(({ set }) => set !== 'clock');

const valueOf = ({ name, set }: RecordColumn<unknown>, row: string): string =>
  set === 'clock' ? 'transaction_timestamp()' : `${row}.${name}`;

/** A large value that is not sent stays: PostgreSQL then keeps what it stored outside of the row. */
const valueAfter = (column: RecordColumn<unknown>): string =>
  column.large ? `COALESCE(i.${column.name}, u.${column.name})` : valueOf(column, 'i');

/** The record's columns in a JSON recordset: names and types. */
export const SENT_COLUMNS = sent.map(({ name, column }) => `${name} ${column.type}`).join(', ');

/** The columns of an INSERT, and their values from the recordset `i`. */
export const INSERTED_COLUMNS = columns.map(({ name }) => name).join(', ');
export const INSERTED_VALUES = columns.map((column) => valueOf(column, 'i')).join(', ');

/** The assignments of an UPDATE of `u` from the recordset `i`: all columns that can change. */
export const UPDATED_COLUMNS = columns
  .filter(({ set }) => set !== 'insert')
  .map((column) => `${column.name} = ${valueAfter(column)}`)
  .join(', ');

/** What watching changes, without the clock's columns: names, types and assignments as above. */
const watched = sent.filter(({ watching }) => watching);
export const WATCHED_COLUMNS = watched.map(({ name }) => name).join(', ');
export const WATCHED_TYPES = watched.map(({ column }) => column.type);
export const ASSIGNED_WATCHED = watched
  .map((column) => `${column.name} = ${valueAfter(column)}`)
  .join(', ');
