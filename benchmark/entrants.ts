import type { Entrant } from './arena.ts';
import type { Sample } from './results.ts';

/** Whether the contender has what the scenario asks for. */
export function takesPart({ contender }: Entrant, scenario: string): boolean {
  if (scenario === 'mixed' || scenario === 'latency') return true;
  return (contender.operations as readonly string[]).includes(scenario);
}

/** @throws Error that shows the first wrong answers: a figure of wrong answers is worth nothing. */
export function refuseFaults({ name }: Entrant, scenario: string, { faults }: Sample): void {
  if (faults.length === 0) return;
  throw new Error(`${name} answered ${scenario} wrongly:\n  ${faults.join('\n  ')}`);
}
