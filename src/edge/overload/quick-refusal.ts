import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { languageOf } from '../../common/i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';

/**
 * Refuses parsed requests before the framework sees them: the first request of each connection, and requests that are
 * not certain to be whole. In a flood of new connections these are many, and hooks, a log line and metrics for each
 * would leave no time for accepted requests.
 *
 * Requests from browsers of other origins are left to the framework, which knows what they may read.
 */
export function refuseQuickly(
  server: FastifyInstance,
  refusals: Pick<OverloadRefusals, 'in'>,
  isTooMuch: (url: string) => boolean,
): void {
  const { server: http } = server;
  const framework = http.listeners('request') as RequestListener[];
  http.removeAllListeners('request');
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    if (headers.origin !== undefined || !isTooMuch(url)) {
      for (const listener of framework) listener.call(http, request, response);
      return;
    }
    const { headers: answered, body } = refusals.in(languageOf(headers));
    response.sendDate = false;
    response.writeHead(503, answered).end(body);
  });
}
