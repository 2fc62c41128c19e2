import type { FastifyInstance } from 'fastify';
import type { Draining } from '../../common/health/draining.js';

/**
 * Ends keep-alive connections with their next answer while the process drains. Closing waits for every connection: one
 * that was busy when closing began would otherwise stay until its idle timeout.
 */
export function closeWhileDraining(server: FastifyInstance, draining: Draining): void {
  server.addHook('preClose', (done) => {
    if (!draining.active) draining.begin();
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.active) void reply.header('connection', 'close');
    done();
  });
}
