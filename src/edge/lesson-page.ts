import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Environment } from '../config/environment.js';

const PREFIX = '/userProgress/demo';

const POLICY = [
  "default-src 'none'",
  ...['script', 'style', 'img', 'media', 'connect'].map((kind) => `${kind}-src 'self'`),
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the files of LESSON_PAGE, and parts of them to a browser that seeks. Never in production. */
export function registerLessonPage(
  server: FastifyInstance,
  { LESSON_PAGE, NODE_ENV }: Environment,
): void {
  if (LESSON_PAGE.length === 0 || NODE_ENV === 'production') return;
  void server.register(import('@fastify/static'), {
    root: LESSON_PAGE,
    prefix: PREFIX,
    redirect: true,
    setHeaders,
  });
}

function setHeaders(reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': POLICY,
    // Without it, a page of another origin could use neither the film nor the player.
    'cross-origin-resource-policy': 'cross-origin',
  });
}
