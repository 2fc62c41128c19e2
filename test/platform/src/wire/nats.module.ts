import { Module } from '@nestjs/common';
import { ClientsModule, Transport, type NatsOptions } from '@nestjs/microservices';

export const NATS_CLIENT = 'NATS_CLIENT';

/** Of servers and clients alike; a service of one's own in each queue group. */
export const natsOptions = (queue?: string): NatsOptions => ({
  transport: Transport.NATS,
  options: {
    servers: [process.env['NATS_URL'] ?? 'nats://127.0.0.1:4222'],
    ...(queue ? { queue } : {}),
    // Tests stop NATS, and start it again: the library's own ten attempts would end the service.
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  },
});

@Module({
  imports: [ClientsModule.register([{ name: NATS_CLIENT, ...natsOptions() }])],
  exports: [ClientsModule],
})
export class NatsModule {}
