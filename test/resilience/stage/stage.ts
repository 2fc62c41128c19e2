import { join } from 'node:path';
import { ensureNatsServer } from '../../../sandbox/servers/nats-binary.ts';
import { startNats, type NatsServer } from '../../../sandbox/servers/nats.ts';
import { TEST_SECRET } from '../../support/tokens.ts';
import { Link } from './link.ts';
import { PeerProcess } from './peer.ts';
import { Postgres } from './postgres.ts';
import { createScratch, type Scratch } from './scratch.ts';
import { Service, type Sabotage } from './service.ts';

export interface StageOptions {
  seed: string;
  services?: number;
  /** Variables that differ from the service's own defaults. */
  environment?: NodeJS.ProcessEnv;
  sabotage?: Sabotage;
  /** A folder for PostgreSQL's data, instead of the stage's own folder. */
  postgresFolder?: string;
}

/** Everything that is needed to try a promise: each program is its own process, with links between them. */
export class Stage {
  readonly postgres: Postgres;
  readonly nats: NatsServer;
  /** Between the services and NATS, and between the peer and NATS. */
  readonly natsLink: Link;
  readonly peerLink: Link;
  readonly peer: PeerProcess;
  readonly services: Service[];
  sabotage: Sabotage;
  /** For other files of a promise; deleted afterwards. */
  readonly folder: string;
  private readonly scratch: Scratch;

  private constructor(
    parts: Omit<Stage, 'close' | 'restart' | 'scratch' | 'folder'>,
    scratch: Scratch,
  ) {
    this.postgres = parts.postgres;
    this.nats = parts.nats;
    this.natsLink = parts.natsLink;
    this.peerLink = parts.peerLink;
    this.peer = parts.peer;
    this.services = parts.services;
    this.sabotage = parts.sabotage;
    this.scratch = scratch;
    this.folder = scratch.folder;
  }

  static async start(options: StageOptions): Promise<Stage> {
    const scratch = createScratch();
    const postgresFolder = options.postgresFolder ?? join(scratch.folder, 'postgres');
    const [postgres, nats] = await Promise.all([
      Postgres.start(join(postgresFolder, 'data')),
      startNats({ binary: ensureNatsServer(console.log) }),
    ]);
    const [natsLink, peerLink] = await Promise.all([Link.start(nats.port), Link.start(nats.port)]);
    const peer = new PeerProcess(
      `nats://127.0.0.1:${peerLink.port}`,
      join(scratch.folder, 'platform'),
      options.seed,
    );
    await peer.start();
    const environment = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_DISABLED: 'true',
      JWT_SECRET: TEST_SECRET,
      NATS_URL: `nats://127.0.0.1:${natsLink.port}`,
      ...postgres.environment,
      ...options.environment,
    };
    const services = await Promise.all(
      Array.from({ length: options.services ?? 2 }, () => Service.create(environment)),
    );
    const sabotage = options.sabotage ?? {};
    const stage = new Stage(
      { postgres, nats, natsLink, peerLink, peer, services, sabotage },
      scratch,
    );
    try {
      await Promise.all(services.map((service) => service.start(sabotage)));
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  /** Starts all processes again, with the given sabotage and further variables. */
  async restart(sabotage: Sabotage, variables: NodeJS.ProcessEnv = {}): Promise<void> {
    this.sabotage = sabotage;
    for (const service of this.services) service.variables = variables;
    await Promise.all(this.services.map((service) => service.kill()));
    await Promise.all(this.services.map((service) => service.start(sabotage)));
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.close()));
    await this.peer.kill();
    await Promise.all([this.natsLink.close(), this.peerLink.close()]);
    await this.nats.stop();
    await this.postgres.close();
    await this.scratch.remove();
  }
}
