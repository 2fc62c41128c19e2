import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { httpOptions } from './edge/http-options.js';
import { registerHttp } from './edge/register-http.js';
import type { Environment } from './config/environment.js';

/** Makes the whole service, migrated and ready, but not listening yet. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment),
    new FastifyAdapter(httpOptions(environment)),
    { bodyParser: false, bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(Logger));
  registerHttp(app, environment);
  await app.init();
  return app;
}
