import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/** Long enough for a request that was sent before the client could know that the server closes. */
const LAST_CHANCE_MS = 500;

/**
 * Makes a closing server end connections that were opened but never used (clients and proxies open some in advance).
 * Node does not count them as idle, and would wait until their first request times out.
 */
export function endUnusedConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  server.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }) => unused.delete(socket));
  server.addHook('preClose', (done) => {
    setTimeout(() => {
      for (const socket of unused) socket.destroy();
    }, LAST_CHANCE_MS).unref();
    done();
  });
}
