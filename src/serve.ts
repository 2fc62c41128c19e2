import { Logger } from '@nestjs/common';
import { createApp } from './application.js';
import { offerMetrics } from './common/metrics/metrics-of-all.js';
import { primary } from './common/workers/primary.js';
import type { Environment } from './config/environment.js';
import { endProcess } from './edge/stop/end-process.js';
import { endOnSignals } from './edge/stop/end-on-signals.js';
import { stopOnSignals } from './edge/stop/graceful-stop.js';

/** Serves: all of the service in one process, alone or as one of several workers. */
export async function serve(environment: Environment): Promise<void> {
  const logger = new Logger('Main');
  // For the primary. A terminal sends it to all processes.
  if (primary) process.on('SIGHUP', () => undefined);
  const startIsOver = endOnSignals();
  // It has logged why it could not be made.
  const app = await createApp(environment).catch(() => endProcess(1));
  stopOnSignals(app, environment);
  startIsOver();
  primary?.answer('alive', () => true);
  const port = environment.PORT_USER_PROGRESS;
  await app.listen(port, '0.0.0.0').catch((error: unknown) => {
    logger.fatal({ msg: 'could not listen', port, err: error });
    return endProcess(1);
  });
  offerMetrics();
  logger.log({ msg: 'listening', port });
}
