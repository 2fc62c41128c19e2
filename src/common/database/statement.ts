/** PostgreSQL's names of the types that our statements return (`pg_type.typname`). */
export type PostgresType =
  | 'bool'
  | 'bytea'
  | 'float8'
  | 'int4'
  | 'int8'
  | 'int4multirange'
  | 'json'
  | 'jsonb'
  | 'text'
  | 'text[]'
  | 'timestamptz'
  | 'uuid'
  | 'varchar'
  | 'varchar[]';

/** A column of a statement's result: its type in PostgreSQL, and the type of the value that `pg` returns. */
export interface Column<Value> {
  readonly type: PostgresType;
  /** For the compiler only. It is never set at run time. */
  readonly value?: Value;
}

const of = <Value>(type: PostgresType): Column<Value> => ({ type });

/** The columns that a statement can return. `nullable`: the value may be null. */
export const column = {
  bool: of<boolean>('bool'),
  bytea: of<Buffer>('bytea'),
  float8: of<number>('float8'),
  int4: of<number>('int4'),
  /** As a string: it may be larger than a JavaScript number can hold exactly. */
  int8: of<string>('int8'),
  /** As PostgreSQL writes it: `{[0,10),[20,30)}`. */
  multirange: of<string>('int4multirange'),
  json: <Value>() => of<Value>('json'),
  jsonb: <Value>() => of<Value>('jsonb'),
  text: of<string>('text'),
  texts: of<string[]>('text[]'),
  timestamptz: of<Date>('timestamptz'),
  uuid: of<string>('uuid'),
  varchar: of<string>('varchar'),
  varchars: of<string[]>('varchar[]'),
  /** A text with a fixed set of values, for instance a status. */
  oneOf: <Value extends string>(type: 'text' | 'varchar' = 'text') => of<Value>(type),
  nullable: <Value>({ type }: Column<Value>) => of<Value | null>(type),
};

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A row with these columns. */
export type RowOf<Described extends Columns> = {
  [Name in keyof Described]: Described[Name] extends Column<infer Value> ? Value : never;
};

/**
 * One SQL statement with a name. Each connection parses and plans it once. The name, in kebab-case, is also the
 * metrics' label. `columns` describes the rows; a test compares it with PostgreSQL's own description.
 */
export interface Statement<Row = object> {
  readonly name: string;
  readonly text: string;
  readonly columns: { readonly [Name in keyof Row]: Column<Row[Name]> };
}

/** Makes a statement whose rows are typed by its `columns`. `{}`: it returns no rows. */
export function statement<Described extends Columns>(definition: {
  name: string;
  text: string;
  columns: Described;
}): Statement<RowOf<Described>> {
  return definition as unknown as Statement<RowOf<Described>>;
}
