import {
  Kind,
  type ConstValueNode,
  type FieldNode,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';

/** The lists in an operation's arguments. A variable counts as often as it is used. */
export interface SentLists {
  /** Entries of the lists that the document itself contains. */
  readonly written: number;
  readonly variables: readonly {
    readonly name: string;
    readonly uses: number;
    readonly byDefault: number;
  }[];
}

/** Below that, no argument of the schema has a list. Values that clients nest deeper are refused later. */
const DEPTH_MAXIMUM = 6;

/** @param fields each field that is executed, once */
export function sentLists(
  { variableDefinitions = [] }: OperationDefinitionNode,
  fields: Iterable<FieldNode>,
): SentLists {
  const uses = new Map<string, number>();
  let written = 0;
  for (const { arguments: given = [] } of fields) {
    for (const { value } of given) written += entriesIn(value, uses);
  }
  const variables = variableDefinitions.flatMap(({ variable, defaultValue }) => {
    const name = variable.name.value;
    const used = uses.get(name);
    return used
      ? [{ name, uses: used, byDefault: defaultValue ? entriesIn(defaultValue) : 0 }]
      : [];
  });
  return { written, variables };
}

/** How many entries the lists have, with the values of the variables as they were sent. */
export function sentEntries(
  { written, variables }: SentLists,
  values: Record<string, unknown> | undefined,
): number {
  let entries = written;
  for (const { name, uses, byDefault } of variables) {
    const value = values?.[name];
    entries += uses * (value === undefined ? byDefault : entriesOf(value));
  }
  return entries;
}

function entriesIn(node: ValueNode | ConstValueNode, uses?: Map<string, number>): number {
  switch (node.kind) {
    case Kind.VARIABLE:
      uses?.set(node.name.value, (uses.get(node.name.value) ?? 0) + 1);
      return 0;
    case Kind.LIST:
      return node.values.reduce((sum, value) => sum + 1 + entriesIn(value, uses), 0);
    case Kind.OBJECT:
      return node.fields.reduce((sum, { value }) => sum + entriesIn(value, uses), 0);
    default:
      return 0;
  }
}

function entriesOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth === DEPTH_MAXIMUM) return 0;
  let entries = Array.isArray(value) ? value.length : 0;
  for (const each of Object.values(value)) entries += entriesOf(each, depth + 1);
  return entries;
}
