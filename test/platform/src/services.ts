import { Module, type INestApplication, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { CertificatesModule } from './certificates/certificates.module.js';
import type { ServiceName } from './contract.js';
import { CoursesModule } from './courses/courses.module.js';
import { UsersModule } from './users/users.module.js';
import { natsOptions } from './wire/nats.module.js';
import { World } from './world.js';

const MODULES: Record<ServiceName, Type> = {
  users: UsersModule,
  courses: CoursesModule,
  certificates: CertificatesModule,
};

const DRAIN_TIMEOUT_MS = 1_000;

@Module({})
class WorldModule {}

interface Running {
  app: INestApplication;
  /** Its connection to NATS, where its subjects are. */
  connection: Connection;
}

/** Each service is an application of its own, as if it were a process of its own. */
export class Services {
  private readonly running = new Map<ServiceName, Running>();

  constructor(private readonly world: World) {}

  /** Resolves when NATS knows its subjects. */
  async start(name: ServiceName): Promise<void> {
    if (this.running.has(name)) return;
    const root = {
      module: WorldModule,
      global: true,
      imports: [MODULES[name]],
      providers: [{ provide: World, useValue: this.world }],
      exports: [World],
    };
    const app = await NestFactory.create(root, { logger: ['error', 'warn'] });
    // Hybrid, and without `inheritAppConfig`: this is what row 4 comes from.
    const microservice = app.connectMicroservice(natsOptions(`${name}_queue`));
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    const connection = connectionOf(microservice);
    // Nest resolves before NATS has read the subscriptions.
    await connection.flush();
    this.running.set(name, { app, connection });
  }

  /** Resolves when NATS knows its subjects no more; while NATS is away, after `DRAIN_TIMEOUT_MS` at the latest. */
  async stop(name: ServiceName): Promise<void> {
    const running = this.running.get(name);
    if (!running) return;
    this.running.delete(name);
    // A connection that is only closed may still be sent a request, which nobody would answer or refuse.
    await Promise.race([running.connection.drain(), sleep(DRAIN_TIMEOUT_MS)]);
    await running.app.close();
  }

  /** @throws Error when the service is stopped. */
  get<T>(name: ServiceName, provider: Type<T>): T {
    const running = this.running.get(name);
    if (!running) throw new Error(`The service '${name}' is stopped`);
    return running.app.get(provider, { strict: false });
  }
}

interface Connection {
  flush(): Promise<void>;
  drain(): Promise<void>;
}

interface Connected {
  natsClient: Connection;
}

/** NestJS 10 gives no access to the connection of a server. */
function connectionOf(microservice: INestMicroservice): Connection {
  const { server, serverInstance } = microservice as unknown as {
    /** NestJS 10 */
    server?: Connected;
    /** NestJS 11 */
    serverInstance?: Connected;
  };
  return (server ?? serverInstance)!.natsClient;
}
