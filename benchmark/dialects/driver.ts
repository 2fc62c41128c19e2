import type { Dialect, Facts, Operation, OperationKind } from '../load/operation.ts';

/** The bare route's answer already has the form of the facts. */
export const driver: Dialect = {
  path: '/ask',
  body: (operation: Operation): string => JSON.stringify(operation),
  facts: (_kind: OperationKind, answer: unknown): Facts => answer as Facts,
};
