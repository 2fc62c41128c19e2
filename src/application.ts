import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { startLogger } from './common/logging/start-logger.js';
import { httpOptions } from './edge/http-options.js';
import { registerHttp } from './edge/register-http.js';
import type { Environment } from './config/environment.js';

/**
 * Makes the whole service, migrated and ready, but not listening yet.
 * @throws what made that impossible, once it is logged
 */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  Logger.overrideLogger(startLogger(environment));
  try {
    return await makeApp(environment);
  } catch (error) {
    new Logger('Application').fatal({ msg: 'could not start', err: error });
    throw error;
  }
}

async function makeApp(environment: Environment): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment),
    new FastifyAdapter(httpOptions(environment)),
    { bodyParser: false, abortOnError: false },
  );
  registerHttp(app, environment);
  await app.init();
  return app;
}
