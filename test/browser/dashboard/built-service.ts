import { freePort } from '../../../sandbox/servers/free-port.ts';
import { startPeers } from '../../../sandbox/peers/index.ts';
import type { Catalogue } from '../../../sandbox/catalogue.ts';
import { ELSEWHERE, startBuilt } from '../../support/built-program.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startNatsServer } from '../../support/nats.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface BuiltService {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The service in a process of its own, as it is used: what measures it takes no time from it. */
export async function startBuiltService(
  database: TestDatabase,
  catalogue: Catalogue,
): Promise<BuiltService> {
  const [nats, port] = await Promise.all([startNatsServer(), freePort()]);
  const peers = await startPeers({ natsUrl: nats.url, catalogue });
  const variables = { NATS_URL: nats.url, PORT_USER_PROGRESS: String(port), LOG_LEVEL: 'error' };
  const service = startBuilt('main.js', {
    environment: { ...ELSEWHERE, ...database.environment, ...variables },
  });
  const origin = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${origin}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitFor(isReady, { message: 'the service is ready' });
  return {
    origin,
    async stop() {
      service.kill('SIGTERM');
      await service.exited;
      await peers.close();
      await nats.stop();
    },
  };
}
