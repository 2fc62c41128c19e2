import { analytics } from './analytics/analytics.ts';
import { Arena } from './arena.ts';
import { compare } from './compare.ts';
import { firstSeconds } from './first-seconds.ts';
import { growth } from './growth.ts';
import { machine } from './machine.ts';
import { HELP, parseOptions, type Options } from './options.ts';
import { report } from './report/report.ts';
import type { Results } from './results.ts';
import { pinTo } from './servers/cores.ts';
import { installedBinaries } from './servers/postgres.ts';
import { sizes } from './sizes.ts';
import { build } from '../scripts/build.ts';

const options = optionsOrExit();
const begin = performance.now();
process.exitCode = await run(options);

async function run(chosen: Options): Promise<number> {
  const pinned = pinTo(chosen.cores);
  if (!build()) return 1;
  const binDir = installedBinaries();
  say('Starting PostgreSQL and NATS …');
  const arena = await Arena.open(binDir, say);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void arena.close().finally(() => process.exit(130)));
  }
  try {
    const results: Results = {
      at: new Date().toISOString(),
      machine: await machine(arena, pinned),
      options: { ...chosen },
      lines: [],
      audits: [],
      growth: [],
      tables: [],
      analytics: [],
    };
    if (chosen.growth.length > 0) results.growth = await growth(arena, chosen, say);
    else if (chosen.analytics.length > 0) results.analytics = await analytics(arena, chosen, say);
    else if (chosen.sizes) Object.assign(results, await sizes(arena, chosen, say));
    else if (chosen.starts) results.lines = await firstSeconds(arena, chosen, say);
    else Object.assign(results, await compare(arena, chosen, binDir, say));
    report(results);
    return isRight(results) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await arena.close();
  }
}

/** Whether every answer was right, and everything that was acknowledged is stored. */
function isRight({ lines, audits, growth: sizes }: Results): boolean {
  const measured = [...lines, ...sizes.flatMap((size) => size.lines)];
  return (
    measured.every(({ wrong }) => wrong === 0) &&
    audits.every(({ differences }) => differences.length === 0)
  );
}

function say(text: string): void {
  const seconds = Math.round((performance.now() - begin) / 1_000);
  console.log(`${String(seconds).padStart(4)} s  ${text}`);
}

function optionsOrExit(): Options {
  try {
    const parsed = parseOptions(process.argv.slice(2));
    if (parsed !== 'help') return parsed;
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
