import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { loadOf, type Load } from '../rate-limit/operation-kind.js';
import { sentLists, type SentLists } from './sent-entries.js';

/** The fields of Query or Mutation that an operation asks for, also through fragments. */
export interface RootFields {
  /** Each field once, however often it is asked for. */
  readonly names: readonly string[];
  /** How many fields are executed: each alias counts. */
  readonly load: Load;
  /** The lists that are sent with them. */
  readonly sent: SentLists;
}

/** Most documents are known operations, so they are read only once. */
const known = new WeakMap<OperationDefinitionNode, RootFields>();

export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): RootFields {
  const before = known.get(operation);
  if (before) return before;
  const nodes = [...collect(operation.selectionSet, fragmentsOf(document)).values()];
  const asked = nodes.map(({ name }) => name.value);
  const fields = {
    names: [...new Set(asked)],
    load: loadOf(operation.operation, asked),
    sent: sentLists(operation, nodes),
  };
  known.set(operation, fields);
  return fields;
}

/** By key in the answer: a field that is asked for twice under one key is executed once. */
function collect(
  { selections }: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  found = new Map<string, FieldNode>(),
): Map<string, FieldNode> {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      found.set((selection.alias ?? selection.name).value, selection);
    } else if (selection.kind === 'InlineFragment')
      collect(selection.selectionSet, fragments, found);
    else {
      const fragment = fragments.get(selection.name.value);
      if (fragment) collect(fragment.selectionSet, fragments, found);
    }
  }
  return found;
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === 'FragmentDefinition')
      .map((fragment) => [fragment.name.value, fragment]),
  );
}
