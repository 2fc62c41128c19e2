import { join } from 'node:path';
import { startChild } from '../../../sandbox/servers/child.ts';
import { TEST_SECRET } from '../../support/tokens.ts';
import { ROOT } from '../stage/service.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

/** `progress:verify` must find no difference. */
export async function verifyProgress(
  { postgres }: Stage,
  tally: Tally,
  ...args: string[]
): Promise<void> {
  const command = [join(ROOT, 'dist', 'cli', 'verify.js'), ...args];
  const verify = startChild('verify', process.execPath, command, {
    environment: {
      PATH: process.env['PATH'],
      NATS_URL: 'nats://unused',
      JWT_SECRET: TEST_SECRET,
      ...postgres.environment,
    },
  });
  if ((await verify.exited) === 0) return;
  tally.violate(['progress:verify', ...args, 'is not clean'].join(' '), verify.output());
}
