import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UnreadEventProxy } from '../../src/modules/privacy/proxy/unread-event.proxy.js';
import { userId } from '../builders/ids.ts';
import { NEST_VERSIONS } from '../platform/install.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const ERASE = `mutation ($userId: String!) { eraseUser(userId: $userId) { success } }`;

const cloud = (data: unknown) => ({
  specversion: '1.0',
  id: userId(),
  source: '/users',
  type: 'user.deleted',
  data,
});

describe.each(NEST_VERSIONS)('user.deleted of NestJS %i', (nest) => {
  let app: PlatformApp;
  let platform: NatsConnection;

  beforeAll(async () => {
    app = await startPlatformApp({
      nest,
      mended: 'all',
      catalogue: { users: [], courses: [] },
    });
    platform = await connect({ servers: app.service.nats.url });
  });
  afterAll(async () => {
    await platform.close();
    await app.close();
  });

  const query = (text: string, values: unknown[] = []) =>
    app.service.database.pool.query<Record<string, any>>(text, values);
  async function learner(): Promise<string> {
    const id = userId();
    await query(`INSERT INTO course_progress (user_id, course_id) VALUES ($1, 'c')`, [id]);
    return id;
  }
  const isGone = async (id: string) =>
    (await query('SELECT 1 FROM course_progress WHERE user_id = $1', [id])).rowCount === 0;
  const unread = async () =>
    (await query('SELECT body, reason FROM unread_event ORDER BY received_at')).rows;
  const shown = async () =>
    /^progress_unread_events (\d+)$/m.exec(
      await (await fetch(`${app.service.origin}/metrics`)).text(),
    )?.[1];

  it.each<[string, (id: string) => unknown]>([
    ['the id as text', (id) => id],
    ['_id', (id) => ({ _id: id })],
    ['data in data', (id) => ({ data: { id } })],
    ['user', (id) => ({ user: { _id: id, email: 'x@mail.example' } })],
    ['a CloudEvent', (id) => cloud({ id })],
  ])('erases the user and nobody else, by emit() and by send(): %s', async (_form, data) => {
    const [one, two] = await Promise.all([learner(), learner()]);
    await app.platform.tell('user.deleted', data(one), 'emit');
    await app.platform.tell('user.deleted', data(two), 'send');
    await waitFor(async () => (await isGone(one)) && (await isGone(two)), {
      message: 'both are erased',
    });
    const { rows } = await query(`SELECT user_id FROM erased_user WHERE user_id IS NOT NULL`);
    const known = new Set(rows.map(({ user_id }) => user_id as string));
    expect([...known].filter((id) => id.length !== 26)).toEqual([]);
    expect(await unread()).toEqual([]);
  });

  it('of which two could be meant is kept, shown, and dealt with by erasing the one that was meant', async () => {
    const [meant, other] = await Promise.all([learner(), learner()]);
    const event = { userId: meant, data: { id: other } };
    for (let time = 0; time < 3; time += 1) await app.platform.tell('user.deleted', event, 'emit');
    await waitFor(async () => (await unread()).length > 0, { message: 'it is kept' });
    expect(await unread()).toEqual([
      { body: expect.stringContaining(meant), reason: 'several users' },
    ]);
    await expect(shown()).resolves.toBe('1');
    expect([await isGone(meant), await isGone(other)]).toEqual([false, false]);

    const administrator = await app.service.as({ sub: userId(), role: 'admin' });
    const { errors } = await administrator.request(ERASE, { userId: meant });
    expect(errors).toBeUndefined();
    expect([await isGone(meant), await isGone(other)]).toEqual([true, false]);
    expect(await unread()).toEqual([]);
    await expect(shown()).resolves.toBe('0');
  });

  it('is not dealt with by erasing somebody whose id is a word of the event', async () => {
    platform.publish('user.deleted', '{"who":"somebody","userId":7}');
    await waitFor(async () => (await unread()).length > 0, { message: 'it is kept' });
    const administrator = await app.service.as({ sub: userId(), role: 'admin' });
    for (const word of ['userId', 'who', 'some', '7']) {
      await administrator.request(ERASE, { userId: word });
      expect(await unread()).toHaveLength(1);
    }
    await administrator.request(ERASE, { userId: 'somebody' });
    expect(await unread()).toEqual([]);
  });

  it('that cannot be kept yet is kept once the database is back', async () => {
    const proxy = app.service.app.get(UnreadEventProxy, { strict: false });
    const keep = vi.spyOn(proxy, 'keep').mockRejectedValueOnce(new Error('server closed'));
    platform.publish('user.deleted', '\u0000 nobody \ud83d');
    await waitFor(async () => (await unread()).length > 0, { message: 'it is kept' });
    expect(keep.mock.calls.length).toBeGreaterThan(1);
    expect(await unread()).toEqual([{ body: expect.stringMatching(/^nobody/), reason: 'no user' }]);
  });

  it('of which too many are not understood fill no disk', async () => {
    await query(
      `INSERT INTO unread_event (body_hash, subject, body, reason)
       SELECT sha256(n::text::bytea), 'user.deleted', 'x', 'no user' FROM generate_series(1, 1000) n`,
    );
    const before = (await unread()).length;
    const refused = vi.spyOn(app.service.app.get(UnreadEventProxy, { strict: false }), 'keep');
    platform.publish('user.deleted', 'one more');
    await waitFor(() => refused.mock.settledResults[0]?.type === 'fulfilled', {
      message: 'it is refused',
    });
    expect(refused.mock.settledResults[0]).toEqual({ type: 'fulfilled', value: false });
    expect(await unread()).toHaveLength(before);
  });
});
