import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage/stage.ts';

const LOOK_EVERY_MS = 100;
const GIVE_UP_MS = 60_000;

/**
 * Waits until every process reports that it is (not) connected to NATS.
 * @returns how long it took, in milliseconds; Infinity after a minute
 */
export async function untilConnected({ services }: Stage, connected: boolean): Promise<number> {
  // With a line break before it: the help text above the metric says '1 while …'.
  const wanted = `\nprogress_nats_connected ${connected ? 1 : 0}\n`;
  const begun = performance.now();
  while (performance.now() - begun < GIVE_UP_MS) {
    const pages = await Promise.all(services.map((service) => service.get('/metrics')));
    if (pages.every((page) => page?.text.includes(wanted))) return performance.now() - begun;
    await sleep(LOOK_EVERY_MS);
  }
  return Infinity;
}
