import { Global, Module } from '@nestjs/common';
import { EventPublisher } from './event-publisher.js';
import { NatsService } from './nats.service.js';
import { StreamReader } from './stream-reader.js';

/** Sends requests to the platform's other services, publishes events, and reads messages stored in streams. */
@Global()
@Module({
  providers: [NatsService, EventPublisher, StreamReader],
  exports: [NatsService, EventPublisher, StreamReader],
})
export class NatsModule {}
