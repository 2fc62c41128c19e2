import type { Arena, Entrant } from './arena.ts';
import { ACTIVE_MAXIMUM } from './data-set/shape.ts';
import { complaint, takesPart } from './entrants.ts';

/** Few at first, as when a service has just been started. */
const CONNECTIONS = 8;
const SECONDS_MAXIMUM = 60;
const REQUESTS_A_SCENARIO = 800;

/**
 * Before the first round, so that nobody is measured in their first minute: every learner is seen once, as players
 * send the same token every ten seconds for days, and the code of every scenario has been compiled.
 */
export async function warmUp(
  arena: Arena,
  entrant: Entrant,
  scenarios: readonly string[],
  say: (text: string) => void,
): Promise<void> {
  const loads = [
    { scenario: 'statistics', requests: ACTIVE_MAXIMUM },
    ...scenarios
      .filter((scenario) => takesPart(entrant, scenario))
      .map((scenario) => ({ scenario, requests: REQUESTS_A_SCENARIO })),
  ];
  for (const { scenario, requests } of loads) {
    say(`Warming up ${entrant.contender.title}: ${scenario} …`);
    const load = { connections: CONNECTIONS, seconds: SECONDS_MAXIMUM, warmUp: 0, requests };
    const wrong = complaint(entrant, await arena.measure(entrant, { scenario, ...load }));
    if (wrong) say(wrong);
  }
}
