import type { OperationDefinitionNode } from 'graphql';

export const KINDS = ['watch', 'write', 'read'] as const;

/** What a request does; each kind has its own limit. */
export type Kind = (typeof KINDS)[number];

/** Operations that players send all the time without a person: they have their own limit. */
export const WATCH_OPERATIONS: ReadonlySet<string> = new Set([
  'recordWatch',
  'updateLessonWatchTime',
]);

/** How many operations of each kind a request asks for; each alias counts. */
export type Load = readonly (readonly [Kind, number])[];

/** @param fields the requested fields of Query or Mutation, with repetitions */
export function loadOf(
  operation: OperationDefinitionNode['operation'],
  fields: readonly string[],
): Load {
  const counts = new Map<Kind, number>();
  for (const field of fields) {
    if (field.startsWith('__')) continue;
    const kind = kindOf(operation, field);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts];
}

function kindOf(operation: OperationDefinitionNode['operation'], field: string): Kind {
  if (operation !== 'mutation') return 'read';
  return WATCH_OPERATIONS.has(field) ? 'watch' : 'write';
}
