import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import cluster from 'node:cluster';
import { neverBlock } from './common/logging/never-block.js';
import { environmentOrExit } from './config/environment-or-exit.js';
import { endProcess } from './edge/stop/end-process.js';

neverBlock();
const environment = environmentOrExit();
process.on('uncaughtException', (error) => {
  new Logger('Main').fatal({ msg: 'uncaught exception', err: error });
  void endProcess(1);
});

// Only what is needed is loaded: the process that supervises has no application.
if (environment.WORKERS > 1 && cluster.isPrimary) {
  const { supervise } = await import('./workers/supervise.js');
  supervise(environment);
} else {
  const { serve } = await import('./serve.js');
  await serve(environment);
}
