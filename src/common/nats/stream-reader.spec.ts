import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startModules,
  startNatsServer,
  waitFor,
  type NatsServer,
} from '../../../test/for-specs.ts';
import { StreamReader } from './stream-reader.js';

const SUBJECT = 'user.deleted';

let server: NatsServer;
let platform: NatsConnection;
const started: TestingModule[] = [];

async function start(): Promise<StreamReader> {
  const modules = await startModules({ nats: server });
  started.push(modules);
  return modules.get(StreamReader);
}

async function publish(count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, index) => `message ${index}`);
  for (const body of bodies) await jetstream(platform).publish(SUBJECT, body);
  return bodies;
}

/** The events that a reader reads, as long as `handles` accepts them. */
async function read(
  reader: StreamReader,
  handles: (body: string) => boolean = () => true,
): Promise<string[]> {
  const bodies: string[] = [];
  await reader
    .read(SUBJECT, 'test-reader', async (data) => {
      const body = new TextDecoder().decode(data);
      if (!handles(body)) throw new Error('the database is away');
      bodies.push(body);
    })
    .catch(() => undefined);
  return bodies;
}

beforeEach(async () => {
  server = await startNatsServer({ jetStream: true });
  platform = await connect({ servers: server.url });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((modules) => modules.close()));
  await platform.close();
  await server.stop();
});

const keepUsers = async (): Promise<void> => {
  await (await jetstreamManager(platform)).streams.add({ name: 'USERS', subjects: ['user.>'] });
};

describe('what a stream has kept', () => {
  it('is read by a reader that comes later, all of it and once', async () => {
    await keepUsers();
    const bodies = await publish(250);
    const reader = await start();
    await expect(read(reader)).resolves.toEqual(bodies);
    await expect(read(reader)).resolves.toEqual([]);
  });

  it('is shared between processes', async () => {
    await keepUsers();
    const bodies = await publish(150);
    const both = await Promise.all((await Promise.all([start(), start()])).map((one) => read(one)));
    expect(both.flat().sort()).toEqual([...bodies].sort());
  });

  it('is left to be read again where handling it failed', async () => {
    await keepUsers();
    await publish(3);
    const reader = await start();
    await expect(read(reader, (body) => body !== 'message 1')).resolves.toEqual(['message 0']);
    const manager = await jetstreamManager(platform);
    // The server does not answer an acknowledgement, so it may arrive a moment later.
    await waitFor(
      async () => {
        const { ack_floor } = await manager.consumers.info('USERS', 'test-reader');
        return ack_floor.stream_seq === 1;
      },
      { message: 'the first message is acknowledged, and no other' },
    );
  });
});

it('nothing is read where no stream keeps the subject', async () => {
  const reader = await start();
  platform.publish(SUBJECT, 'lost');
  await platform.flush();
  await expect(read(reader)).resolves.toEqual([]);
  await keepUsers();
  const bodies = await publish(1);
  await expect(read(reader)).resolves.toEqual(bodies);
});
