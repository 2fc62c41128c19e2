import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../config/environment.js';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** Lets pages of the listed origins call the API. Without a list, no page of another origin can. */
export function registerCors(app: NestFastifyApplication, { CORS_ORIGINS }: Environment): void {
  if (CORS_ORIGINS.length === 0) return;
  app.enableCors({
    origin: CORS_ORIGINS,
    methods: ['GET', 'POST'],
    // `date`: players learn from it how far their device's clock is off.
    exposedHeaders: ['x-request-id', 'retry-after', 'date'],
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
