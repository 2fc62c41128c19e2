import fastify, { type FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '..', '..', '..', 'docs', 'dashboard.md');
const PLACE = 'https://progress.example';

export interface HostServer {
  readonly origin: string;
  /** What `/token` answers. */
  token: string;
  /** How often it was asked for. */
  asked: number;
  /** Where the service is, once it listens. */
  service: string;
  close(): Promise<void>;
}

/** A school's own server: with the page that docs/dashboard.md shows, around a dashboard of another origin. */
export async function startHost(): Promise<HostServer> {
  const [, page] = /```html\n([^]*?)```/.exec(readFileSync(DOCUMENT, 'utf8'))!;
  const server = fastify({ forceCloseConnections: true });
  const host = { origin: '', token: '', asked: 0, service: '', close: () => server.close() };
  // As the document says.
  const send = (reply: FastifyReply, content: string) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `frame-src ${host.service}`)
      .send(content);
  server.get('/', (_request, reply) => send(reply, page!.replace(PLACE, host.service)));
  server.get('/lesson/*', (request, reply) => {
    const path = request.url.slice('/lesson'.length);
    const address = `${host.service}/userProgress/dashboard${path}`;
    return send(reply, page!.replace(`${PLACE}/userProgress/dashboard/courses`, address));
  });
  server.get('/token', () => {
    host.asked += 1;
    return host.token;
  });
  host.origin = await server.listen({ port: 0, host: '127.0.0.1' });
  return host;
}
