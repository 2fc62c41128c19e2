import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startModules,
  startNatsServer,
  waitFor,
  type NatsServer,
} from '../../../test/for-specs.ts';
import { EventPublisher } from './event-publisher.js';
import { NatsService } from './nats.service.js';

const SUBJECT = 'progress.course.completed';

const event = (id: string) => ({ id, headers: { 'ce-id': id }, body: { a: 1 } });

let server: NatsServer;
let modules: TestingModule;
let listener: NatsConnection;

async function start(options: { jetStream: boolean }): Promise<EventPublisher> {
  server = await startNatsServer(options);
  listener = await connect({ servers: server.url });
  modules = await startModules({ nats: server });
  return modules.get(EventPublisher);
}

afterEach(async () => {
  await modules.close();
  await listener.close();
  await server.stop();
});

async function listen(): Promise<string[]> {
  const received: string[] = [];
  listener.subscribe(SUBJECT, {
    callback: (_, message) => {
      received.push(message.string());
    },
  });
  await listener.flush();
  return received;
}

describe('an event', () => {
  it('is a plain message where there is no JetStream', async () => {
    const publisher = await start({ jetStream: false });
    const received = await listen();
    await publisher.publish(SUBJECT, event('id-1'));
    await waitFor(() => received.length === 1, { message: 'the listener has it' });
    expect(received).toEqual(['{"a":1}']);
  });

  it('is a plain message where no stream takes the subject', async () => {
    const publisher = await start({ jetStream: true });
    const received = await listen();
    await publisher.publish(SUBJECT, event('id-1'));
    await waitFor(() => received.length === 1, { message: 'the listener has it' });
  });

  it('is kept once in the stream that takes the subject, however often it is published', async () => {
    const publisher = await start({ jetStream: true });
    const manager = await jetstreamManager(listener);
    await manager.streams.add({ name: 'PROGRESS', subjects: ['progress.>'] });
    await publisher.publish(SUBJECT, event('id-1'));
    await publisher.publish(SUBJECT, event('id-1'));
    await publisher.publish(SUBJECT, event('id-2'));
    const { state } = await manager.streams.info('PROGRESS');
    expect(state.messages).toBe(2);
  });

  it('is not out while NATS is away', async () => {
    const publisher = await start({ jetStream: false });
    const nats = modules.get(NatsService);
    await server.stop('SIGKILL');
    await waitFor(() => nats.state() === 'disconnected', { message: 'the outage is noticed' });
    await expect(publisher.publish(SUBJECT, event('id-1'))).rejects.toMatchObject({
      reason: 'disconnected',
    });
  });
});
