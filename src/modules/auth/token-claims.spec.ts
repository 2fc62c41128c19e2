import { describe, expect, it } from 'vitest';
import type { Environment } from '../../config/environment.js';
import { subjectFrom } from './token-claims.js';

type Mode = Environment['AUTH_ROLE'];
const read = (AUTH_ROLE: Mode, role: unknown, JWT_SERVICE_ROLE = 'service') =>
  subjectFrom(
    { sub: 'me', ...(role === undefined ? {} : { role }) },
    { AUTH_ROLE, JWT_SERVICE_ROLE },
  );

describe('the role of whom a token speaks for', () => {
  it.each<[Mode, unknown, string | null]>([
    ['token', 'admin', 'admin'],
    ['token', 'service', 'service'],
    ['auto', 'instructor', 'instructor'],
    ['auto', 'service', 'service'],
    ['auto', undefined, null],
    ['directory', undefined, null],
    ['directory', 'admin', null],
    ['directory', 'root', null],
    ['directory', ['admin'], null],
    ['directory', 'service', 'service'],
  ])('with AUTH_ROLE=%s and the claim %j is %j', (mode, claim, role) => {
    expect(read(mode, claim)).toEqual({ userId: 'me', role });
  });

  it.each<[Mode, unknown]>([
    ['token', undefined],
    ['token', 'root'],
    ['auto', 'root'],
    ['auto', null],
    ['auto', ''],
    ['auto', ['user', 'admin']],
  ])('with AUTH_ROLE=%s and the claim %j is none: refused', (mode, claim) => {
    expect(() => read(mode, claim)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('is never a service by the name of a user role', () => {
    expect(read('auto', 'user', 'user')).toEqual({ userId: 'me', role: 'user' });
  });
});
