import { Module, type INestApplication, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
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

@Module({})
class WorldModule {}

/** Each service is an application of its own, as if it were a process of its own. */
export class Services {
  private readonly running = new Map<ServiceName, INestApplication>();

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
    await subscribed(microservice);
    this.running.set(name, app);
  }

  async stop(name: ServiceName): Promise<void> {
    await this.running.get(name)?.close();
    this.running.delete(name);
  }

  /** @throws Error when the service is stopped. */
  get<T>(name: ServiceName, provider: Type<T>): T {
    const app = this.running.get(name);
    if (!app) throw new Error(`The service '${name}' is stopped`);
    return app.get(provider, { strict: false });
  }
}

interface Connected {
  natsClient: { flush(): Promise<void> };
}

/** Nest resolves before NATS has read the subscriptions, and NestJS 10 gives no access to its connection. */
async function subscribed(microservice: INestMicroservice): Promise<void> {
  const { server, serverInstance } = microservice as unknown as {
    /** NestJS 10 */
    server?: Connected;
    /** NestJS 11 */
    serverInstance?: Connected;
  };
  await (server ?? serverInstance)!.natsClient.flush();
}
