import { Global, Module } from '@nestjs/common';
import { EventPublisher } from './event-publisher.js';
import { NatsService } from './nats.service.js';
import { StreamReader } from './stream-reader.js';

/** Requests to the platform's other services, events to whoever listens, and what others' streams have kept. */
@Global()
@Module({
  providers: [NatsService, EventPublisher, StreamReader],
  exports: [NatsService, EventPublisher, StreamReader],
})
export class NatsModule {}
