import { describe, expect, it } from 'vitest';
import { userOfEvent } from './user-event.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (event: unknown) => userOfEvent(bytes(JSON.stringify(event)));
const cloudEvent = {
  ...{ specversion: '1.0', id: 'event-7', type: 'user.deleted', source: '/users' },
  data: { id: 'u1' },
};

describe('an event about a user', () => {
  it.each<[string, unknown]>([
    ['with userId', { userId: 'u1' }],
    ['with user_id', { user_id: 'u1' }],
    ['with id', { id: 'u1' }],
    ['with _id', { _id: 'u1' }],
    ['with the same id twice', { id: 'u1', _id: 'u1' }],
    ['with the id of a MongoDB document', { _id: { $oid: 'u1' } }],
    ['that is the id', 'u1'],
    ["in NestJS's envelope", { pattern: 'user.updated', data: { userId: 'u1', role: 'admin' } }],
    ["in NestJS's envelope, with id", { pattern: 'user.updated', data: { id: 'u1' } }],
    ["in NestJS's envelope, as text", { pattern: 'user.deleted', data: 'u1' }],
    ["in NestJS's request, which has an id", { pattern: 'user.deleted', data: 'u1', id: 'u2' }],
    ['in a record in `data`', { data: { user: { _id: 'u1' } }, id: 'event-7' }],
    ['in `user`', { type: 'deleted', user: { id: 'u1', email: 'a@b.c' } }],
    ['in `user`, as text', { id: 'event-7', user: 'u1' }],
    ['in `payload`', { id: 'event-7', payload: { userId: 'u1' } }],
    ['in a CloudEvent', cloudEvent],
    ["in a CloudEvent in NestJS's envelope", { pattern: 'user.deleted', data: cloudEvent }],
    ['with an id of its own beside userId', { id: 'event-7', userId: 'u1' }],
    ['that names the user twice', { userId: 'u1', user: { id: 'u1' } }],
  ])('says whom it is about, %s', (_form, event) => {
    expect(read(event)).toEqual({ kind: 'user', userId: 'u1' });
  });

  it('may be a bare text', () => {
    expect(userOfEvent(bytes(' u1\n'))).toEqual({ kind: 'user', userId: 'u1' });
  });

  it.each<[string, unknown]>([
    ['two ids', { id: 'u1', _id: 'u2' }],
    ['two names', { userId: 'u1', user_id: 'u2' }],
    ['a name and another user', { userId: 'u1', user: { id: 'u2' } }],
    ['two parts', { data: { id: 'u1' }, user: { id: 'u2' } }],
  ])('is not guessed from %s', (_case, event) => {
    expect(read(event)).toEqual({ kind: 'ambiguous' });
  });

  it.each([
    [null],
    [[{ userId: 'u1' }]],
    [{}],
    [{ userId: 7 }],
    [{ userId: 'a.*' }],
    [{ data: ['u1'] }],
    [{ pattern: 'user.deleted', data: {}, id: 'u2' }],
    [{ specversion: '1.0', id: 'event-7', data: null }],
    [{ userId: 'u1', padding: 'x'.repeat(70_000) }],
  ])('is about nobody where it does not say: %j', (event) => {
    expect(read(event)).toEqual({ kind: 'unnamed' });
  });

  it('is about nobody when it is broken off', () => {
    expect(userOfEvent(bytes('{"userId":'))).toEqual({ kind: 'unnamed' });
  });
});
