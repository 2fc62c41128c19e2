import type { PageInfo } from './page-info.dto.js';

interface Edge<Node> {
  cursor: string;
  node: Node;
}

interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
}

/**
 * One page of a list in Relay's form.
 * @param entries up to `first` + 1 of them: the extra one shows that there is a next page
 * @param page how many were asked for, and after which cursor (null: from the beginning)
 */
export function connectionOf<Entry, Node>(
  entries: readonly Entry[],
  { first, after }: { first: number; after: string | null },
  toEdge: (entry: Entry) => Edge<Node>,
): Connection<Node> {
  const edges = entries.slice(0, first).map(toEdge);
  return {
    edges,
    pageInfo: {
      hasNextPage: entries.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
