import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../config/environment.js';
import { Draining } from '../health/draining.js';

/** Longer than any request that is answered now, and long enough for balancers to look at `/health/ready`. */
const DRAIN_MS = 1_500;

/**
 * At SIGTERM or SIGINT the process first serves on while it sends its clients away (`connection: close`, not ready),
 * then closes: nobody's request is cut off. After SHUTDOWN_GRACE_MS it ends in any case.
 */
export function stopOnSignals(app: NestFastifyApplication, environment: Environment): void {
  const logger = new Logger('Stop');
  const draining = app.get(Draining, { strict: false });

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (draining.active) return;
    draining.begin();
    logger.log({ msg: 'stopping', signal });
    setTimeout(() => {
      logger.error({ msg: 'did not stop in time' });
      process.exit(1);
    }, environment.SHUTDOWN_GRACE_MS).unref();
    await sleep(environment.NODE_ENV === 'production' ? DRAIN_MS : 0);
    await app.close();
    process.exit(0);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger.error({ msg: 'could not stop cleanly', err: error });
        process.exit(1);
      });
    });
  }
}
