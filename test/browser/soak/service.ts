import { inject } from 'vitest';
import { freePort } from '../../../sandbox/servers/free-port.ts';
import { startNats, type NatsServer } from '../../../sandbox/servers/nats.ts';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import type { Catalogue } from '../../../sandbox/catalogue.ts';
import { ELSEWHERE, startBuilt, type BuiltProgram } from '../../support/built-program.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { waitFor } from '../../support/wait-for.ts';

const STARTS_WITHIN_MS = 60_000;

/** The service as it is built, on a port of its own, which can be killed and comes back. */
export class MortalService {
  private program!: BuiltProgram;

  private constructor(
    private readonly port: number,
    private readonly database: TestDatabase,
    private readonly nats: NatsServer,
    private readonly peers: Peers,
  ) {}

  static async start(catalogue: Catalogue): Promise<MortalService> {
    const [port, database, nats] = await Promise.all([
      freePort(),
      createTestDatabase(),
      startNats({ binary: inject('natsBinary') }),
    ]);
    const peers = await startPeers({ natsUrl: nats.url, catalogue });
    const service = new MortalService(port, database, nats, peers);
    service.run();
    await service.ready();
    return service;
  }

  get graphqlUrl(): string {
    return `http://127.0.0.1:${this.port}/userProgress/graphql`;
  }

  /** Without a word, and without finishing anything. It begins again at once, and takes seconds until it answers. */
  async kill(): Promise<void> {
    this.program.kill('SIGKILL');
    await this.program.exited;
    this.run();
  }

  async ready(): Promise<void> {
    await waitFor(async () => (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok, {
      message: 'the service is ready',
      timeoutMs: STARTS_WITHIN_MS,
    });
  }

  async close(): Promise<void> {
    this.program.kill('SIGKILL');
    await this.program.exited;
    await this.peers.close();
    await this.nats.stop();
    await this.database.drop();
  }

  private run(): void {
    this.program = startBuilt('main.js', {
      environment: {
        ...ELSEWHERE,
        ...this.database.environment,
        NATS_URL: this.nats.url,
        PORT_USER_PROGRESS: String(this.port),
        RATE_LIMIT_DISABLED: 'true',
        LOG_LEVEL: 'warn',
      },
    });
  }
}
