import type { Arena, Entrant } from './arena.ts';
import { us } from './contenders/us.ts';
import { createTemplate } from './data-set/template.ts';
import { complaint } from './entrants.ts';
import type { Options } from './options.ts';
import { lineOf, type Line, type Sample } from './results.ts';
import { warmUp } from './warm-up.ts';

/** The reads come first: `beatOfAnyone` changes what they would answer. */
const SCENARIOS = ['courseProgress', 'statistics', 'list', 'beat', 'beatOfAnyone'];
const RUN_UP = 0.3;

/** The same requests to this service at several sizes of the table, in turns: their cost should not grow with it. */
export async function growth(
  arena: Arena,
  options: Options,
  say: (text: string) => void,
): Promise<{ rows: number; lines: Line[] }[]> {
  const sizes: { rows: number; entrant: Entrant }[] = [];
  for (const rows of options.growth) {
    const template = `data_set_${rows}`;
    await createTemplate(arena.database, template, rows, (step) => say(`${rows}: ${step} …`));
    sizes.push({ rows, entrant: await arena.enter(us, rows, template, `us-${rows}`) });
  }
  const load = { connections: options.connections, seconds: options.seconds, warmUp: RUN_UP };
  for (const { entrant } of sizes) await warmUp(arena, entrant, SCENARIOS, say);

  const samples = new Map<string, Sample[]>();
  for (const scenario of SCENARIOS) {
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const { rows, entrant } of sizes) {
        const sample = await arena.measure(entrant, { ...load, scenario });
        const key = `${rows} ${scenario}`;
        samples.set(key, [...(samples.get(key) ?? []), sample]);
        say(
          complaint(entrant, sample) ??
            `${scenario} ${round}/${options.rounds} at ${rows} rows: ${Math.round(sample.perSecond)}/s`,
        );
      }
    }
  }
  return sizes.map(({ rows }) => ({
    rows,
    lines: SCENARIOS.map((scenario) => lineOf(scenario, 'us', samples.get(`${rows} ${scenario}`)!)),
  }));
}
