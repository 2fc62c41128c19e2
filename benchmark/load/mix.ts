import { mulberry32 } from '../../sandbox/mulberry32.ts';
import type { OperationKind } from './operation.ts';

/** Shares of a mixed load: players, and people who look at their progress. */
const MIXED: [OperationKind, number][] = [
  ['beat', 0.9],
  ['courseProgress', 0.04],
  ['statistics', 0.03],
  ['list', 0.03],
];

/** Picks a scenario's next operation. */
export function mixOf(scenario: string): () => OperationKind {
  if (scenario === 'beatOfAnyone') return () => 'beat';
  if (scenario !== 'mixed') return () => scenario as OperationKind;
  const random = mulberry32(2);
  return () => {
    let rest = random();
    for (const [kind, share] of MIXED) {
      if (rest < share) return kind;
      rest -= share;
    }
    return 'beat';
  };
}
