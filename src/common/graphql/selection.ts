import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * The fields that a document asks for below a field, by name, and what it asks for below each. A field that a
 * directive may leave out is there: whoever reads what was asked for must never read too little.
 */
export type Selection = ReadonlyMap<string, Selection>;

type Collected = Map<string, Collected>;
type Fragments = GraphQLResolveInfo['fragments'];

/** Known documents bring the same nodes again and again. */
const known = new WeakMap<FieldNode, Selection>();

function selectionOf({
  fieldNodes,
  fragments,
}: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection {
  const [node] = fieldNodes;
  if (fieldNodes.length > 1 || !node) return collectAll(fieldNodes, fragments);
  const before = known.get(node);
  if (before) return before;
  const selection = collectAll(fieldNodes, fragments);
  known.set(node, selection);
  return selection;
}

/** What is asked for below the resolver's field. */
export const SelectedFields = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): Selection =>
    selectionOf(execution.getArgByIndex<GraphQLResolveInfo>(3)),
);

function collectAll(nodes: readonly FieldNode[], fragments: Fragments): Selection {
  const found: Collected = new Map();
  for (const { selectionSet } of nodes) collect(selectionSet, fragments, found);
  return found;
}

function collect(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  found: Collected,
): Collected {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === 'Field') {
      const below: Collected = found.get(selection.name.value) ?? new Map<string, Collected>();
      found.set(selection.name.value, collect(selection.selectionSet, fragments, below));
    } else if (selection.kind === 'InlineFragment') {
      collect(selection.selectionSet, fragments, found);
    } else collect(fragments[selection.name.value]?.selectionSet, fragments, found);
  }
  return found;
}
