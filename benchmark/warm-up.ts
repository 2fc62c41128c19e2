import type { Arena, Entrant } from './arena.ts';
import { ACTIVE_MAXIMUM } from './data-set/shape.ts';
import { complaint, takesPart } from './entrants.ts';

/** Few connections at first, as right after a service starts. */
const CONNECTIONS = 8;
const FURTHER_BEATS = ['latency', 'lowLoad'];
const SECONDS_MAXIMUM = 60;
const REQUESTS_A_SCENARIO = 800;

/**
 * Runs before the first round, so that no contender is measured while it warms up: every learner sends a request once,
 * since players send the same token every ten seconds for days, and the code of every scenario is compiled.
 */
export async function warmUp(
  arena: Arena,
  entrant: Entrant,
  scenarios: readonly string[],
  say: (text: string) => void,
): Promise<void> {
  const loads = [
    { scenario: 'statistics', requests: ACTIVE_MAXIMUM },
    ...kindsOf(scenarios)
      .filter((scenario) => takesPart(entrant, scenario))
      .map((scenario) => ({ scenario, requests: REQUESTS_A_SCENARIO })),
  ];
  for (const { scenario, requests } of loads) {
    say(`Warming up ${entrant.contender.title}: ${scenario} …`);
    const load = { connections: CONNECTIONS, seconds: SECONDS_MAXIMUM, warmUp: 0, requests };
    const wrong = complaint(entrant, await arena.measure(entrant, { scenario, ...load }));
    if (wrong) say(wrong);
  }
  await arena.analyze(entrant);
}

/** Beats at a low load are the same requests as others. */
function kindsOf(scenarios: readonly string[]): string[] {
  return [...new Set(scenarios.map((one) => (FURTHER_BEATS.includes(one) ? 'beat' : one)))];
}
