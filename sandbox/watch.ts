import { watch } from 'node:fs';
import { join } from 'node:path';
import { COMPILE, copyAsset } from '../scripts/build.ts';
import { startChild } from './servers/child.ts';
import type { Service } from './service.ts';

/** Waits a moment: one save changes several files, and the compiler writes several more. */
const SETTLE_MS = 300;

/** Compiles on every change in src, and restarts the service on every change of the output. */
export function watchSources(service: Service): { stop(): Promise<void> } {
  const [command, ...args] = [process.execPath, ...COMPILE, '--watch', '--preserveWatchOutput'];
  const compiler = startChild('tsc', command, args, { stdio: 'inherit' });
  const assets = watch('src', { recursive: true }, (_event, name) => {
    if (name) copyAsset(join('src', name));
  });
  let settled: NodeJS.Timeout | undefined;
  const output = watch('dist', { recursive: true }, (_event, name) => {
    if (!name || /(^|[\\/])\./.test(name)) return;
    clearTimeout(settled);
    settled = setTimeout(() => void service.restart(), SETTLE_MS);
  });
  return {
    async stop() {
      clearTimeout(settled);
      assets.close();
      output.close();
      await compiler.stop();
    },
  };
}
