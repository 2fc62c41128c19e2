import type { Entrant } from './arena.ts';
import type { Sample } from './results.ts';

/** Whether the contender supports the scenario. */
export function takesPart({ contender }: Entrant, scenario: string): boolean {
  if (scenario === 'mixed') return true;
  return (contender.operations as readonly string[]).includes(scenario);
}

/** The errors in the answers, for printing; null when all were right. */
export function complaint(
  { contender }: Entrant,
  { wrong, answered, faults }: Sample,
): string | null {
  if (wrong === 0) return null;
  return `${contender.title}: ${wrong} of ${answered} answers were wrong, for instance\n        ${faults[0]}`;
}
