/** PostgreSQL's names of the types that our statements return, as `pg_type.typname` has them. */
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

/** A column of a statement's result: its type in PostgreSQL, and what `pg` makes of it. */
export interface Column<Value> {
  readonly type: PostgresType;
  /** For the compiler only: no column has it at run time. */
  readonly value?: Value;
}

const of = <Value>(type: PostgresType): Column<Value> => ({ type });

/** The columns that a statement can return. `nullable` says that a value may be missing. */
export const column = {
  bool: of<boolean>('bool'),
  bytea: of<Buffer>('bytea'),
  float8: of<number>('float8'),
  int4: of<number>('int4'),
  /** As a text: it may be larger than what a JavaScript number holds exactly. */
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
  /** A text of which only some values occur, for instance a status. */
  oneOf: <Value extends string>(type: 'text' | 'varchar' = 'text') => of<Value>(type),
  nullable: <Value>({ type }: Column<Value>) => of<Value | null>(type),
};

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A row with these columns. */
export type RowOf<Described extends Columns> = {
  [Name in keyof Described]: Described[Name] extends Column<infer Value> ? Value : never;
};

/**
 * One SQL statement under a name: PostgreSQL parses and plans it once a connection. The name is the metrics' label
 * too, in kebab-case. `columns` describes the rows; a test holds it against PostgreSQL's own description.
 */
export interface Statement<Row = object> {
  readonly name: string;
  readonly text: string;
  readonly columns: { readonly [Name in keyof Row]: Column<Row[Name]> };
}

/** Makes a statement whose rows are typed by its `columns`: `{}` where it returns none. */
export function statement<Described extends Columns>(definition: {
  name: string;
  text: string;
  columns: Described;
}): Statement<RowOf<Described>> {
  return definition as unknown as Statement<RowOf<Described>>;
}
