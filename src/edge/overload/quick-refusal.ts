import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { negotiateLanguage } from '../../common/i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';

/**
 * Refuses requests before the framework sees them. At five times what the service can take, four of five requests are
 * refused, and what that costs is taken from those that are let in: with hooks, a log line and metrics for each,
 * goodput fell to a tenth of the capacity.
 *
 * Browsers of other origins are left to the framework, which knows what they may read.
 */
export function refuseQuickly(
  server: FastifyInstance,
  refusals: OverloadRefusals,
  isFull: (path: string) => boolean,
): void {
  const { server: http } = server;
  const framework = http.listeners('request') as RequestListener[];
  http.removeAllListeners('request');
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    if (headers.origin !== undefined || !isFull(pathOf(url))) {
      for (const listener of framework) listener.call(http, request, response);
      return;
    }
    const { headers: answered, body } = refusals.in(negotiateLanguage(headers['accept-language']));
    response.sendDate = false;
    response.writeHead(503, answered).end(body);
  });
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
