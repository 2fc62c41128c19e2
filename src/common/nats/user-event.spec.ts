import { describe, expect, it } from 'vitest';
import { userOfEvent } from './user-event.js';

const read = (event: unknown) => userOfEvent(new TextEncoder().encode(JSON.stringify(event)));

describe('an event about a user', () => {
  it.each<[string, object]>([
    ['with userId', { userId: 'u1' }],
    ['with id', { id: 'u1' }],
    ["in NestJS's envelope", { pattern: 'user.updated', data: { userId: 'u1', role: 'admin' } }],
    ["in NestJS's envelope, with id", { pattern: 'user.updated', data: { id: 'u1' } }],
    ['with an id of its own beside userId', { id: 'event-7', userId: 'u1' }],
  ])('says whom it is about, %s', (_form, event) => {
    expect(read(event)).toBe('u1');
  });

  it.each([
    [null],
    ['u1'],
    [[{ userId: 'u1' }]],
    [{}],
    [{ userId: 7 }],
    [{ userId: 'a.*' }],
    [{ data: ['u1'] }],
    [{ userId: 'u1', padding: 'x'.repeat(70_000) }],
  ])('is about nobody where it does not say: %j', (event) => {
    expect(read(event)).toBeNull();
    expect(userOfEvent(new TextEncoder().encode('{"userId":'))).toBeNull();
  });
});
