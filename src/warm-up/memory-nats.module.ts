import { Global, Module } from '@nestjs/common';
import { EventPublisher } from '../common/nats/event-publisher.js';
import { NatsService } from '../common/nats/nats.service.js';
import { StreamReader } from '../common/nats/stream-reader.js';

/** A NATS that is away: nothing is sent, and nothing comes. */
const away: Pick<NatsService, 'state' | 'canAsk' | 'subscribe' | 'onConnected'> = {
  state: () => 'disconnected',
  canAsk: () => false,
  subscribe: () => undefined,
  onConnected: () => undefined,
};

@Global()
@Module({
  providers: [{ provide: NatsService, useValue: away }, EventPublisher, StreamReader],
  exports: [NatsService, EventPublisher, StreamReader],
})
export class MemoryNatsModule {}
