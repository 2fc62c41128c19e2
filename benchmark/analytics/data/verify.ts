import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { commandEnvironment, THIS_BUILD } from '../../data-set/template.ts';
import type { Database } from '../../servers/postgres.ts';

/** Compares all figures with the service's own recount: what was made by formula must be what records say. @returns faults */
export function verifyFigures(
  database: Database,
  name: string,
  say: (step: string) => void,
): string[] {
  say('progress:verify -- --analytics');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(THIS_BUILD, 'dist', 'cli', 'verify.js'), '--analytics'],
    { encoding: 'utf8', env: commandEnvironment(database, name) },
  );
  return status === 0
    ? []
    : [`progress:verify -- --analytics:\n${stdout}${stderr}`.slice(0, 2_000)];
}
