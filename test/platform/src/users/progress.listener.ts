import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload, type NatsContext } from '@nestjs/microservices';
import { World } from '../world.js';

/** A service of the platform that listens to what learners do. */
@Controller()
export class ProgressListener {
  constructor(private readonly world: World) {}

  @EventPattern('progress.>')
  // NestJS 12 types what a handler is given as `unknown`.
  hear(@Payload() data: unknown, @Ctx() given: unknown): void {
    const context = given as NatsContext;
    const headers: Headers | undefined = context.getHeaders();
    const names = headers?.keys() ?? [];
    this.world.heard.push({
      subject: context.getSubject(),
      data,
      headers: Object.fromEntries(names.map((name) => [name, headers!.get(name)])),
    });
  }
}

/** Of the NATS client. */
interface Headers {
  keys(): string[];
  get(name: string): string;
}
