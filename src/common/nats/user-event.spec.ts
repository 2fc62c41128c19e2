import { describe, expect, it } from 'vitest';
import { userOfEvent } from './user-event.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (event: unknown) => userOfEvent(bytes(JSON.stringify(event)));
const nest = (data: unknown, more: object = {}) => ({ pattern: 'user.deleted', data, ...more });
const cloud = (data: unknown) => ({
  specversion: '1.0',
  id: 'event-7',
  source: '/users',
  type: 'user.deleted',
  data,
});

describe('an event about a user', () => {
  it.each<[string, unknown]>([
    ['with userId', { userId: 'u1' }],
    ['with id', { id: 'u1' }],
    ["in NestJS's envelope", nest({ userId: 'u1', role: 'admin' })],
    ["in NestJS's envelope, with id", nest({ id: 'u1' })],
    ['with an id of its own beside userId', { id: 'event-7', userId: 'u1' }],

    ['with _id', { _id: 'u1' }],
    ["with MongoDB's _id", nest({ _id: { $oid: 'u1' } })],
    ['with user_id', { user_id: 'u1' }],
    ['with UserID', nest({ UserID: 'u1' })],
    ['with deletedUserId', { deletedUserId: 'u1', reason: 'asked for it' }],
    ['the id alone', 'u1'],
    ["the id alone, in NestJS's envelope", nest('u1')],
    [
      "the id alone, by NestJS's send(), whose id is the request's",
      nest('u1', { id: 'request-7' }),
    ],
    ["by NestJS's send(), whose id is the request's", nest({ id: 'u1' }, { id: 'request-7' })],
    ['inside data', { data: { id: 'u1' } }],
    ['inside user', { user: { id: 'u1', email: 'x@mail.example' } }],
    ['inside user, with _id', nest({ user: { _id: 'u1' } })],
    ['as user', { user: 'u1', at: '2026-11-26' }],
    ['inside user, beside an id of its own', { id: 'event-7', user: { id: 'u1' } }],
    ['inside payload', { payload: { userId: 'u1' } }],
    ['inside data inside data', nest({ data: { user: { id: 'u1' } } })],
    ['as JSON in a text', nest('{"userId":"u1"}')],
    ['before it was deleted', { payload: { before: { id: 'u1' }, after: null, op: 'd' } }],
    ['in an event with a type', { type: 'user.deleted', id: 'event-7', data: { id: 'u1' } }],
    ['in an event with an id', { id: 'event-7', data: { userId: 'u1' } }],
    ['as a CloudEvent', cloud({ userId: 'u1' })],
    ['as a CloudEvent, with id', cloud({ id: 'u1' })],
    ['as a CloudEvent, as text', cloud('u1')],
    ["as a CloudEvent in NestJS's envelope", nest(cloud({ id: 'u1' }))],
    ["as a CloudEvent in NestJS's envelope of send()", nest(cloud('u1'), { id: 'request-7' })],
    ['twice with the same id', { userId: 'u1', data: { id: 'u1' } }],
    ['with a user that is null', { user: null, id: 'u1' }],
  ])('says whom it is about, %s', (_form, event) => {
    expect(read(event)).toEqual({ kind: 'user', userId: 'u1' });
  });

  it.each(['u1', ' u1\n', '\ufeffu1'])('says whom it is about, as the plain text %j', (text) => {
    expect(userOfEvent(bytes(text))).toEqual({ kind: 'user', userId: 'u1' });
  });

  it.each<[string, unknown]>([
    ['two fields', { userId: 'a', user_id: 'b' }],
    ['_id and id', nest({ _id: 'a', id: 'b' })],
    ['who did it, and what it was done to', nest({ userId: 'a', data: { id: 'b' } })],
    ['a user and data', { user: { id: 'a' }, data: { id: 'b' } }],
    ['a text and a field', nest('a', { userId: 'b' })],
    ['an id outside and an id inside', { id: 'a', data: { id: 'b' } }],
    ['two users', nest({ user: { id: 'a', userId: 'b' } })],
  ])('is about several, of which none is chosen: %s', (_form, event) => {
    expect(read(event)).toEqual({ kind: 'unclear', reason: 'several users' });
  });

  it.each([
    [null],
    [7],
    [[{ userId: 'u1' }]],
    [{}],
    [{ userId: 7 }],
    [{ userId: 7, id: 'u1' }],
    [{ userId: 'a.*' }],
    [{ data: ['u1'] }],
    [nest(undefined, { id: 'request-7' })],
    [cloud({ email: 'x@mail.example' })],
    [{ id: 'event-7', data: { email: 'x@mail.example' } }],
    [{ message: 'deleted' }],
  ])('is about nobody where it does not say: %j', (event) => {
    expect(read(event)).toEqual({ kind: 'unclear', reason: 'no user' });
  });

  it('is about nobody where it cannot be read', () => {
    const nobody = { kind: 'unclear', reason: 'no user' };
    for (const text of ['', '{"userId":', 'user u1 is gone', '\u0000'])
      expect(userOfEvent(bytes(text))).toEqual(nobody);
    expect(userOfEvent(Uint8Array.of(0xff, 0xfe))).toEqual(nobody);
    expect(userOfEvent(bytes(`${'{"data":'.repeat(50)}"u1"${'}'.repeat(50)}`))).toEqual(nobody);
    expect(read({ userId: 'u1', padding: 'x'.repeat(70_000) })).toMatchObject({
      reason: 'too large',
    });
  });
});
