import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './application.js';
import { neverBlock } from './common/logging/never-block.js';
import { environmentOrExit } from './config/environment-or-exit.js';
import { endProcess } from './edge/stop/end-process.js';
import { endOnSignals } from './edge/stop/end-on-signals.js';
import { stopOnSignals } from './edge/stop/graceful-stop.js';

neverBlock();
const environment = environmentOrExit();
const logger = new Logger('Main');
process.on('uncaughtException', (error) => {
  logger.fatal({ msg: 'uncaught exception', err: error });
  void endProcess(1);
});

const startIsOver = endOnSignals();
// It has logged why it could not be made.
const app = await createApp(environment).catch(() => endProcess(1));
stopOnSignals(app, environment);
startIsOver();
await app.listen(environment.PORT_USER_PROGRESS, '0.0.0.0').catch((error: unknown) => {
  logger.fatal({ msg: 'could not listen', port: environment.PORT_USER_PROGRESS, err: error });
  return endProcess(1);
});
logger.log({ msg: 'listening', port: environment.PORT_USER_PROGRESS });
