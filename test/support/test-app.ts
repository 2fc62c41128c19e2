import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startPeers, type Peers, type PeersOptions } from '../../sandbox/peers/index.ts';
import { createApp } from '../../src/application.js';
import { NatsService } from '../../src/common/nats/nats.service.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { isCitus } from './citus.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createClient, type GraphqlClient } from './graphql-client.ts';
import { startNatsServer, type NatsServer } from './nats.ts';
import { signToken, TEST_SECRET } from './tokens.ts';
import { waitFor } from './wait-for.ts';

export interface TestAppOptions {
  /** Variables that differ from the defaults of tests. */
  environment?: Partial<NodeJS.ProcessEnv>;
  /** The peers' users and courses; the sandbox's catalogue by default. `false`: no peers. */
  catalogue?: PeersOptions['catalogue'] | false;
  /** Shared with another service: not dropped or stopped with this one. */
  database?: TestDatabase;
  nats?: NatsServer;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly graphqlUrl: string;
  readonly database: TestDatabase;
  readonly nats: NatsServer;
  readonly peers: Peers | undefined;
  as(person: { sub: string; role?: string }, language?: string): Promise<GraphqlClient>;
  close(): Promise<void>;
}

/** The real service on a free port, with its own database, nats-server and peers. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const [database, nats] = await Promise.all([
    options.database ?? createTestDatabase(),
    options.nats ?? startNatsServer(),
  ]);
  const { catalogue } = options;
  const peers =
    catalogue === false
      ? undefined
      : await startPeers({ natsUrl: nats.url, ...(catalogue ? { catalogue } : {}) });
  const app = await createApp(
    loadEnvironment({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      PORT_USER_PROGRESS: '0',
      NATS_URL: nats.url,
      JWT_SECRET: TEST_SECRET,
      RATE_LIMIT_DISABLED: 'true',
      // A batch takes longer where the database is distributed; on a busy machine, longer than changes wait.
      ...(isCitus && { WRITE_QUEUE_WAIT_MS: '10000' }),
      ...database.environment,
      ...options.environment,
    }),
  );
  await app.listen(0, '127.0.0.1');
  if (peers) await untilConnected(app);
  const origin = await app.getUrl();
  const graphqlUrl = `${origin}/userProgress/graphql`;

  return {
    app,
    origin,
    graphqlUrl,
    database,
    nats,
    peers,
    async as(person, language) {
      const token = await signToken(person);
      return createClient(graphqlUrl, { token, ...(language ? { language } : {}) });
    },
    async close() {
      await app.close();
      await peers?.close();
      if (!options.nats) await nats.stop();
      if (!options.database) await database.drop();
    },
  };
}

export async function untilConnected(app: NestFastifyApplication): Promise<void> {
  const connection = app.get(NatsService, { strict: false });
  await waitFor(() => connection.state() === 'connected', {
    message: 'the service is connected to NATS',
  });
}
