import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../../common/i18n/accept-language.js';
import type { Environment } from '../../config/environment.js';
import { renderShells } from './shell.js';

const PATH = '/userProgress/dashboard';
const ASSETS = `${PATH}/assets/`;
/** Beside the compiled service; the sources have it there as well, once it was built. */
const FILES = join(import.meta.dirname, '..', '..', '..', 'dist', 'web');

/**
 * Serves the dashboard, if it was built: the same shell at every address below its path, and files whose names change
 * with their content. It holds no figures: those are asked for with a token.
 */
export function registerDashboard(server: FastifyInstance, environment: Environment): void {
  if (!environment.DASHBOARD_ENABLED || !existsSync(FILES)) return;
  const shells = renderShells(FILES, PATH, environment);
  const headers = shellHeaders(environment);
  const send = ({ query, headers: asked }: FastifyRequest, reply: FastifyReply) => {
    // As the page itself chooses: the address, then the browser.
    const { lang } = query as { lang?: string };
    const language = languageOf({ ...asked, 'x-lang': lang });
    // Who shows it in a frame is in the policy, which this older header would overrule with nobody.
    if (environment.DASHBOARD_EMBED_ORIGINS.length > 0) reply.removeHeader('x-frame-options');
    return reply.headers(headers).type('text/html; charset=utf-8').send(shells.get(language));
  };
  server.get(PATH, send);
  server.get(`${PATH}/*`, send);
  void server.register(import('@fastify/static'), {
    root: join(FILES, 'assets'),
    prefix: ASSETS,
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) =>
      void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
}

function shellHeaders({ DASHBOARD_EMBED_ORIGINS: origins }: Environment): Record<string, string> {
  return {
    // A browser asks each time: the names of the files are in it.
    'cache-control': 'no-cache',
    vary: 'accept-language',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${origins.join(' ') || "'none'"}`,
      "require-trusted-types-for 'script'",
    ].join('; '),
  };
}
