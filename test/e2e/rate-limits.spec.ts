import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform();
const ADD = 'updateLessonWatchTime(userId: "x", lessonId: "l", seconds: 1) { success }';
const limits = {
  RATE_LIMIT_DISABLED: 'false',
  RATE_LIMIT_WATCH_PER_USER: '20',
  RATE_LIMIT_WRITE_PER_USER: '10',
  RATE_LIMIT_READ_PER_USER: '40',
  RATE_LIMIT_COST_PER_SECOND: '250',
};
const stats = (id: string): string => `{ getUserProgressStats(userId: "${id}") { success } }`;
const watch = `mutation { ${ADD} }`;
const write = 'mutation { deleteUserProgress(id: "x") { success } }';

const isLimited = async (client: GraphqlClient, query: string): Promise<boolean> =>
  (await client.request(query)).errors?.[0]?.extensions.code === 'RATE_LIMITED';

async function countUntilLimited(
  client: GraphqlClient,
  query: string,
  maximum = 200,
): Promise<number> {
  for (let count = 0; count < maximum; count += 1) if (await isLimited(client, query)) return count;
  return maximum;
}

describe('the limits of a user', () => {
  let service: TestApp;
  const person = (role = 'user', id = userId()) => service.as({ sub: id, role });

  beforeAll(async () => {
    service = await startTestApp({ catalogue: world.catalogue, environment: limits });
  });
  afterAll(() => service.close());

  it.each([
    ['watching', watch, 20],
    ['other mutations', write, 10],
    ['queries', stats('someone'), 40],
  ])('are their own for %s', async (_kind, query, limit) => {
    const client = await person();
    expect(await countUntilLimited(client, query)).toBe(limit);
    expect(await isLimited(await person(), query)).toBe(false);
  });

  it('do not touch each other', async () => {
    const client = await person();
    await countUntilLimited(client, write);
    expect(await isLimited(client, watch)).toBe(false);
    expect(await isLimited(client, stats('someone'))).toBe(false);
  });

  it('are refused with the time after which to come back, in the language of the request', async () => {
    const id = userId();
    const client = await service.as({ sub: id, role: 'user' }, 'de');
    await countUntilLimited(client, write);
    const { status, headers, errors } = await client.request(write);
    expect(status).toBe(429);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      statusCode: 429,
      success: false,
    });
    const seconds = errors![0]!.extensions['retryAfterSeconds'] as number;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(headers.get('retry-after')).toBe(String(seconds));
    expect(errors![0]!.message).toContain(String(seconds));
  });

  it('make dear requests wait for each other, and nobody else', async () => {
    const client = await person();
    const dear = '{ userProgressList(limit: 25) { items { watched { from } } } }';
    const timed = async (one: GraphqlClient) => {
      const begun = performance.now();
      expect(await isLimited(one, dear)).toBe(false);
      return performance.now() - begun;
    };
    const times = await Promise.all(Array.from({ length: 3 }, () => timed(client)));
    expect(Math.max(...times)).toBeGreaterThan(300);
    expect(await timed(await person())).toBeLessThan(Math.max(...times));
  });

  it('count an operation as often as it is asked for by aliases, also through fragments', async () => {
    const client = await person();
    const aliases = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, index) => `a${from + index}: ${ADD}`).join(' ');
    const query = `mutation { ${aliases(0, 5)} ...More } fragment More on Mutation { ${aliases(5, 10)} }`;
    expect(await countUntilLimited(client, query)).toBe(2);
    expect(await isLimited(client, watch)).toBe(true);
  });

  it('are not for services, which act for many', async () => {
    expect(await countUntilLimited(await person('service'), write, 15)).toBe(15);
  });
});

describe('the limits of an address', () => {
  it('hold before anything is read, whoever asks', async () => {
    const service = await startTestApp({
      catalogue: false,
      environment: { RATE_LIMIT_DISABLED: 'false', RATE_LIMIT_PER_ADDRESS: '5' },
    });
    try {
      const send = () => fetch(service.graphqlUrl, { method: 'POST', body: 'anything' });
      for (let count = 0; count < 5; count += 1) expect((await send()).status).toBe(415);
      const refused = await send();
      expect(refused.status).toBe(429);
      const [error] = (await refused.json()).errors;
      expect(error.extensions).toMatchObject({
        code: 'RATE_LIMITED',
        statusCode: 429,
        success: false,
      });
      expect(refused.headers.get('retry-after')).toBe(String(error.extensions.retryAfterSeconds));
      expect((await fetch(`${service.origin}/health/live`)).status).toBe(200);
    } finally {
      await service.close();
    }
  });

  it('hold for each kind of operation, and know addresses behind a trusted proxy apart', async () => {
    const service = await startTestApp({
      catalogue: world.catalogue,
      environment: {
        RATE_LIMIT_DISABLED: 'false',
        RATE_LIMIT_WRITE_PER_ADDRESS: '3',
        TRUST_PROXY: '1',
      },
    });
    try {
      const codeFrom = async (address: string): Promise<string> => {
        const response = await fetch(service.graphqlUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': address,
            authorization: `Bearer ${await signToken({ sub: userId(), role: 'user' })}`,
          },
          body: JSON.stringify({ query: write }),
        });
        return (await response.json()).errors[0].extensions.code;
      };
      for (let count = 0; count < 3; count += 1)
        expect(await codeFrom(`2001:db8::${count}`)).toBe('NOT_FOUND');
      expect(await codeFrom('2001:db8::ffff')).toBe('RATE_LIMITED');
      expect(await codeFrom('192.0.2.1')).toBe('NOT_FOUND');
    } finally {
      await service.close();
    }
  });
});

describe('several processes', () => {
  let database: TestDatabase;
  let nats: NatsServer;
  let services: TestApp[];

  beforeAll(async () => {
    [database, nats] = await Promise.all([createTestDatabase(), startNatsServer()]);
    const start = () =>
      startTestApp({ catalogue: world.catalogue, database, nats, environment: limits });
    services = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all(services.map((service) => service.close()));
    await nats.stop();
    await database.drop();
  });

  it('share what they counted, within a second or two', async () => {
    const id = userId();
    const [here, there] = await Promise.all(
      services.map((service) => service.as({ sub: id, role: 'user' })),
    );
    expect(await countUntilLimited(here!, watch)).toBe(20);
    await waitFor(() => isLimited(there!, watch), { message: 'the other process knows' });
  });

  it('count each alone where NATS is away, and let nobody wait for it', async () => {
    await nats.stop();
    const id = userId();
    for (const service of services) {
      const client = await service.as({ sub: id, role: 'user' });
      const begun = performance.now();
      expect(await countUntilLimited(client, watch)).toBe(20);
      expect(performance.now() - begun).toBeLessThan(10_000);
    }
  });
});

it('RATE_LIMIT_DISABLED turns every limit off', async () => {
  const environment = Object.fromEntries(
    ['WATCH_PER_USER', 'WRITE_PER_USER', 'READ_PER_USER', 'PER_ADDRESS'].map((name) => [
      `RATE_LIMIT_${name}`,
      '1',
    ]),
  );
  const service = await startTestApp({
    catalogue: false,
    environment: { ...environment, RATE_LIMIT_DISABLED: 'true' },
  });
  try {
    const client = await service.as({ sub: userId(), role: 'user' });
    expect(await countUntilLimited(client, write, 10)).toBe(10);
    expect(await countUntilLimited(client, stats('someone'), 10)).toBe(10);
  } finally {
    await service.close();
  }
});
