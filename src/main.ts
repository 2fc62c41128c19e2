import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './application.js';
import { stopOnSignals } from './common/http/graceful-stop.js';
import { EnvironmentError, loadEnvironment, type Environment } from './config/environment.js';

const environment = environmentOrExit();
const app = await createApp(environment);
stopOnSignals(app, environment);
await app.listen(environment.PORT_USER_PROGRESS, '0.0.0.0');
new Logger('Main').log({ msg: 'listening', port: environment.PORT_USER_PROGRESS });

/** What is missing is named on standard error: there is no logger yet whose level could hide it. */
function environmentOrExit(): Environment {
  try {
    return loadEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exit(1);
  }
}
