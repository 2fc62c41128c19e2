import type {
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

const known = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The fields of Query or Mutation that an operation asks for, each once, also through fragments. */
export function rootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly string[] {
  const before = known.get(operation);
  if (before) return before;
  const fields = [...collect(operation.selectionSet, fragmentsOf(document))];
  known.set(operation, fields);
  return fields;
}

function collect(
  { selections }: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  found = new Set<string>(),
): Set<string> {
  for (const selection of selections) {
    if (selection.kind === 'Field') found.add(selection.name.value);
    else if (selection.kind === 'InlineFragment') collect(selection.selectionSet, fragments, found);
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
