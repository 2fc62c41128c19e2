import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './application.js';
import { stopOnSignals } from './edge/stop/graceful-stop.js';
import { warmUp } from './warm-up/warm-up.js';
import { environmentOrExit } from './config/environment-or-exit.js';

const environment = environmentOrExit();
await warmUp(environment);
const app = await createApp(environment);
stopOnSignals(app, environment);
await app.listen(environment.PORT_USER_PROGRESS, '0.0.0.0');
new Logger('Main').log({ msg: 'listening', port: environment.PORT_USER_PROGRESS });
