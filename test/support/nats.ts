import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startNats, type NatsServer } from '../../sandbox/servers/nats.ts';

export type { NatsServer };

/**
 * A nats-server for one test, started in about ten milliseconds. All services and peers use the same subjects, so
 * different tests must not share a server.
 */
export function startNatsServer(
  options: { port?: number; jetStream?: boolean } = {},
): Promise<NatsServer> {
  const binary = inject('natsBinary');
  const port = options.port === undefined ? {} : { port: options.port };
  if (!options.jetStream) return startNats({ binary, ...port });
  return startNats({
    binary,
    ...port,
    throwawayStore: mkdtempSync(join(tmpdir(), 'progress-nats-')),
  });
}
