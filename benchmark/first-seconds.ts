import type { Arena } from './arena.ts';
import { otherBuild, us } from './contenders/us.ts';
import { createTemplate } from './data-set/template.ts';
import { complaint } from './entrants.ts';
import type { Options } from './options.ts';
import { lineOf, type Line, type Sample } from './results.ts';

/** Seconds after the start that are measured, each by itself. */
const SECONDS = 10;
/** Requests a second: few, as after a deploy. */
const RATE = 200;
const CONNECTIONS = 16;
const TEMPLATE = 'data_set_of_starts';

/** What the first learners after each start of a build wait, second by second, at a fixed rate of mixed requests. */
export async function firstSeconds(
  arena: Arena,
  options: Options,
  say: (text: string) => void,
): Promise<Line[]> {
  await createTemplate(arena.database, TEMPLATE, options.rows, (step) => say(`Data: ${step} …`));
  const builds = options.against ? [us, otherBuild(options.against)] : [us];
  const samples = new Map<string, Sample[]>();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of builds) {
      const name = `${contender.name}-${round}`;
      const entrant = await arena.enter(contender, options.rows, TEMPLATE, name);
      const rate = options.rate || RATE;
      for (let second = 1; second <= SECONDS; second += 1) {
        const load = { scenario: 'mixed', connections: CONNECTIONS, seconds: 1, warmUp: 0, rate };
        const sample = await arena.measure(entrant, load);
        const key = `second ${second}\n${contender.name}`;
        samples.set(key, [...(samples.get(key) ?? []), sample]);
        const wrong = complaint(entrant, sample);
        if (wrong) say(wrong);
      }
      say(`${contender.title}, start ${round}/${options.rounds}: measured`);
      for (const server of entrant.servers) await server.stop();
    }
  }
  return [...samples].map(([key, taken]) => {
    const [scenario, contender] = key.split('\n') as [string, string];
    return lineOf(scenario, contender, taken);
  });
}
