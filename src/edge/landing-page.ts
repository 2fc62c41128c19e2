import type { FastifyInstance } from 'fastify';
import type { Environment } from '../config/environment.js';
import { directionOf } from '../common/i18n/languages.js';
import type { Messages } from '../common/i18n/messages.js';
import { scopeOf } from '../common/request/request-scope.js';
import { isGraphiqlOn } from './graphiql.js';
import { wantsPage } from './wants-page.js';

/** Tells people who open the API's address in a browser what it is, where there is no GraphiQL. */
export function registerLandingPage(
  server: FastifyInstance,
  environment: Environment,
  messages: Messages,
): void {
  if (isGraphiqlOn(environment)) return;
  server.addHook('preHandler', async (request, reply) => {
    if (!wantsPage(request)) return;
    const page = pageIn(scopeOf(request).language, messages);
    await reply.type('text/html; charset=utf-8').send(page);
  });
}

/** The texts are our own, and need no escaping. */
function pageIn(language: string, messages: Messages): string {
  const title = messages.text('page.title', language);
  const text = messages.text('page.text', language);
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
