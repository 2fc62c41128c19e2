import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../sandbox/servers/child.ts';

export interface Scratch {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A folder that is deleted when this process ends in any way: a child process waits for that end. */
export function createScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'progress-resilience-'));
  const keeper = startChild('keeper', 'sleep', ['1000000'], { removeAfterwards: folder });
  return {
    folder,
    async remove() {
      await keeper.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
