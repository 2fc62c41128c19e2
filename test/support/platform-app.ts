import type { Catalogue } from '../../sandbox/catalogue.ts';
import type { Rows } from '../platform/src/contract.ts';
import {
  addCatalogue,
  startPlatform,
  type Platform,
  type PlatformOptions,
} from '../platform/start-platform.ts';
import { createClient, type GraphqlClient } from './graphql-client.ts';
import { startNatsServer } from './nats.ts';
import { startTestApp, untilConnected, type TestApp, type TestAppOptions } from './test-app.ts';

export interface PlatformAppOptions
  extends
    Pick<PlatformOptions, 'nest' | 'mended' | 'catalogue'>,
    Pick<TestAppOptions, 'environment' | 'database' | 'nats'> {}

export interface PlatformApp {
  readonly service: TestApp;
  readonly platform: Platform;
  /** A client with a new token of this user, signed as the platform's user service does. */
  as(userId: string, language?: string): Promise<GraphqlClient>;
  /** Mends exactly these rows, and adds these users and courses to the platform. */
  become(mended: Rows, catalogue: Catalogue): Promise<void>;
  close(): Promise<void>;
}

/** The real service beside the platform's replica, in place of the sandbox's peers, with their own nats-server. */
export async function startPlatformApp(options: PlatformAppOptions = {}): Promise<PlatformApp> {
  const { nest, mended, catalogue, environment, database } = options;
  const nats = options.nats ?? (await startNatsServer());
  const platform = await startPlatform({
    natsUrl: nats.url,
    ...(nest && { nest }),
    ...(mended && { mended }),
    ...(catalogue && { catalogue }),
  });
  const service = await startTestApp({
    catalogue: false,
    nats,
    ...(environment && { environment }),
    ...(database && { database }),
  });
  await untilConnected(service.app);

  return {
    service,
    platform,
    async as(userId, language) {
      const token = await platform.tokenFor(userId);
      return createClient(service.graphqlUrl, { token, ...(language ? { language } : {}) });
    },
    async become(rows, newcomers) {
      await platform.unmend('all');
      await platform.mend(rows);
      await addCatalogue(platform, newcomers);
    },
    async close() {
      await service.close();
      await platform.close();
      if (!options.nats) await nats.stop();
    },
  };
}
