import { DiscardPolicy, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startModules,
  startNatsServer,
  waitFor,
  type NatsServer,
} from '../../../test/for-specs.ts';
import type { CloudEvent } from './cloud-event.js';
import { EventPublisher } from './event-publisher.js';
import { NatsService } from './nats.service.js';

const SUBJECT = 'progress.course.completed';

const event = (id: string): CloudEvent => ({
  specversion: '1.0',
  id,
  source: '/user-progress',
  type: SUBJECT,
  time: '2026-11-23T17:12:44.871Z',
  datacontenttype: 'application/json',
  data: { a: 1 },
});

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
    await publisher.publish(event('id-1'), 'u1');
    await waitFor(() => received.length === 1, { message: 'the listener has it' });
    expect(received).toEqual([JSON.stringify(event('id-1'))]);
  });

  it('is a plain message where no stream takes the subject', async () => {
    const publisher = await start({ jetStream: true });
    const received = await listen();
    await publisher.publish(event('id-1'), 'u1');
    await waitFor(() => received.length === 1, { message: 'the listener has it' });
  });

  it('is kept once in the stream that takes the subject, however often it is published', async () => {
    const publisher = await start({ jetStream: true });
    const manager = await jetstreamManager(listener);
    await manager.streams.add({ name: 'PROGRESS', subjects: ['progress.>'] });
    await publisher.publish(event('id-1'), 'u1');
    await publisher.publish(event('id-1'), 'u1');
    await publisher.publish(event('id-2'), 'u1');
    const { state } = await manager.streams.info('PROGRESS');
    expect(state.messages).toBe(2);
  });

  it('has its attributes in headers, as a plain message and in a stream', async () => {
    const publisher = await start({ jetStream: true });
    const heard: Record<string, string>[] = [];
    listener.subscribe(SUBJECT, {
      callback: (_, { headers }) => {
        heard.push(Object.fromEntries(headers!.keys().map((name) => [name, headers!.get(name)])));
      },
    });
    await listener.flush();
    await publisher.publish(event('id-1'), 'u1');
    await waitFor(() => heard.length === 1, { message: 'the listener has it' });
    const attributes = {
      'ce-specversion': '1.0',
      'ce-id': 'id-1',
      'ce-source': '/user-progress',
      'ce-type': SUBJECT,
      'ce-time': '2026-11-23T17:12:44.871Z',
      'ce-subject': 'u1',
      'Content-Type': 'application/cloudevents+json; charset=UTF-8',
    };
    expect(heard).toEqual([attributes]);

    await (await jetstreamManager(listener)).streams.add({ name: 'P', subjects: ['progress.>'] });
    await modules.close();
    modules = await startModules({ nats: server });
    await modules.get(EventPublisher).publish(event('id-2'), 'u1');
    await waitFor(() => heard.length === 2, { message: 'the listener has it' });
    expect(heard[1]).toEqual({ ...attributes, 'ce-id': 'id-2', 'Nats-Msg-Id': 'id-2' });
  });

  it('is out only once the stream has it, whatever somebody else answers who listens', async () => {
    const publisher = await start({ jetStream: true });
    const manager = await jetstreamManager(listener);
    const full = { max_msgs: 1, discard: DiscardPolicy.New };
    await manager.streams.add({ name: 'PROGRESS', subjects: ['progress.>'], ...full });
    listener.subscribe(SUBJECT, {
      // As NestJS does: it takes a message with an id for a request.
      callback: (_, message) => void message.respond('{"isDisposed":true,"id":"id-1"}'),
    });
    await listener.flush();
    await publisher.publish(event('id-1'), 'u1');
    expect((await manager.streams.info('PROGRESS')).state.messages).toBe(1);
    await expect(publisher.publish(event('id-2'), 'u1')).rejects.toMatchObject({
      reason: 'failing',
    });
  });

  it('is not out while NATS is away', async () => {
    const publisher = await start({ jetStream: false });
    const nats = modules.get(NatsService);
    await server.stop('SIGKILL');
    await waitFor(() => nats.state() === 'disconnected', { message: 'the outage is noticed' });
    await expect(publisher.publish(event('id-1'), 'u1')).rejects.toMatchObject({
      reason: 'disconnected',
    });
  });
});
