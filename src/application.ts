import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Surroundings } from './app.module.js';
import { startLogger } from './common/logging/start-logger.js';
import { httpOptions } from './edge/http-options.js';
import { registerHttp } from './edge/register-http.js';
import type { Environment } from './config/environment.js';

/** Makes the whole service, migrated and ready, but not listening yet. */
export async function createApp(
  environment: Environment,
  around?: Surroundings,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment, around),
    new FastifyAdapter(httpOptions(environment)),
    { bodyParser: false, logger: startLogger(environment), abortOnError: false },
  );
  registerHttp(app, environment);
  await app.init();
  return app;
}
