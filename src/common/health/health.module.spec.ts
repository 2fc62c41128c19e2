import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Primary } from '../database/primary.js';
import { NatsService, type NatsState } from '../nats/nats.service.js';
import { Draining } from './draining.js';
import { HealthModule } from './health.module.js';

describe('the health of the process', () => {
  let app: NestFastifyApplication;
  let natsState: NatsState;
  const query = vi.fn<() => Promise<unknown>>();
  const showMigrations = vi.fn<() => Promise<boolean>>();
  const takesChanges = vi.fn<() => Promise<boolean>>();

  beforeEach(async () => {
    natsState = 'connected';
    query.mockResolvedValue([]);
    showMigrations.mockResolvedValue(false);
    takesChanges.mockResolvedValue(true);

    @Global()
    @Module({
      providers: [
        { provide: DataSource, useValue: { query, showMigrations } },
        { provide: Primary, useValue: { takesChanges } },
        { provide: NatsService, useValue: { state: () => natsState } },
      ],
      exports: [DataSource, Primary, NatsService],
    })
    class SurroundingsModule {}

    const module = await Test.createTestingModule({
      imports: [SurroundingsModule, HealthModule],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
      logger: false,
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterEach(() => app.close());

  const get = async (url: string) => {
    const response = await app.inject({ url });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };

  it('is live without asking the database or NATS', async () => {
    query.mockRejectedValue(new Error('gone'));
    expect(await get('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(query).not.toHaveBeenCalled();
  });

  it('is ready when the database answers and is migrated', async () => {
    const { status, body } = await get('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      details: { process: { status: 'up' }, database: { status: 'up' }, nats: { status: 'up' } },
    });
  });

  it('looks up migrations until they are there, then only whether the database answers', async () => {
    showMigrations.mockResolvedValueOnce(true);
    const pending = await get('/health/ready');
    expect(pending.status).toBe(503);
    expect(pending.body).toMatchObject({ error: { database: { reason: 'migrations pending' } } });
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    expect(showMigrations).toHaveBeenCalledTimes(2);
    expect(query).toHaveBeenCalledTimes(1);
  });

  it('is not ready when the database is away, and does not say more than that', async () => {
    await get('/health/ready');
    query.mockRejectedValue(new Error('connect ECONNREFUSED db.internal:5432'));
    const { status, body } = await get('/health/ready');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      error: { database: { status: 'down', reason: 'not reachable' } },
    });
    expect(JSON.stringify(body)).not.toContain('db.internal');
  });

  it('is not ready while the database is read-only, and says so', async () => {
    takesChanges.mockResolvedValueOnce(false);
    const { status, body } = await get('/health/ready');
    expect(status).toBe(503);
    expect(body).toMatchObject({ error: { database: { status: 'down', reason: 'read-only' } } });
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('is not ready when the database does not answer, and says so within two seconds', async () => {
    showMigrations.mockReturnValue(new Promise(() => undefined));
    const started = performance.now();
    expect((await get('/health/ready')).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is ready without NATS, and says how that is', async () => {
    natsState = 'disconnected';
    const { status, body } = await get('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({ details: { nats: { state: 'disconnected' } } });
  });

  it('is not ready from the moment it is asked to stop, though it is still live', async () => {
    app.get(Draining).begin();
    expect((await get('/health/ready')).status).toBe(503);
    expect((await get('/health/live')).status).toBe(200);
  });
  it('says that it stops without waiting for the database', async () => {
    await get('/health/ready');
    query.mockReturnValue(new Promise(() => undefined));
    app.get(Draining).begin();
    const started = performance.now();
    const { status, body } = await get('/health/ready');
    expect(status).toBe(503);
    expect(body).toMatchObject({ error: { process: { reason: 'stopping' } } });
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('is not ready when it was asked to stop while the database answered', async () => {
    await get('/health/ready');
    query.mockImplementation(() => {
      app.get(Draining).begin();
      return Promise.resolve([]);
    });
    expect((await get('/health/ready')).status).toBe(503);
  });
});
