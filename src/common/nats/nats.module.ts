import { Global, Module } from '@nestjs/common';
import { EventPublisher } from './event-publisher.js';
import { NatsService } from './nats.service.js';

/** Requests to the platform's other services, and events to whoever listens. */
@Global()
@Module({
  providers: [NatsService, EventPublisher],
  exports: [NatsService, EventPublisher],
})
export class NatsModule {}
