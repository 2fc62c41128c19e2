import { afterEach, describe, expect, it, vi } from 'vitest';
import { edgeEnvironment, signToken } from '../../../test/for-specs.ts';
import { TokenVerifier } from './token-verifier.js';

const HOUR = 3_600;
const now = (): number => Math.floor(Date.now() / 1_000);
const verifier = new TokenVerifier(edgeEnvironment({ JWT_MAX_AGE_SECONDS: String(HOUR) }));
const token = (claims: { iat?: unknown; exp?: number | undefined }): Promise<string> =>
  signToken({ sub: 'me', role: 'user', exp: undefined, ...(claims as { iat?: number }) });
const me = { userId: 'me', role: 'user' };

describe('a token of a limited age', () => {
  afterEach(() => vi.useRealTimers());

  it.each<[string, { iat?: number; exp?: number }]>([
    ['needs no exp', {}],
    ['may have one', { exp: now() + 60 }],
    ['may be nearly as old', { iat: now() - HOUR + 60 }],
    ['may come from a clock that is a little ahead', { iat: now() + 10 }],
  ])('%s', async (_case, claims) => {
    expect(await verifier.verify(await token(claims))).toEqual(me);
  });

  it.each<[string, { iat?: unknown; exp?: number }, string]>([
    ['is too old', { iat: now() - HOUR - 1 }, 'tokenExpired'],
    [
      'is too old, though its exp is to come',
      { iat: now() - HOUR - 1, exp: now() + 60 },
      'tokenExpired',
    ],
    ['has expired, though it is young', { exp: now() - 1 }, 'tokenExpired'],
    ['does not say when it was issued', { iat: undefined, exp: now() + 60 }, 'unauthenticated'],
    ['was issued at a time that is no number', { iat: 'today' }, 'unauthenticated'],
    ['was issued in the future', { iat: now() + 120 }, 'unauthenticated'],
  ])('is refused where it %s', async (_case, claims, messageKey) => {
    await expect(verifier.verify(await token(claims))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      messageKey,
    });
  });

  it.each<[string, object, number]>([
    ['at that age', {}, HOUR],
    ['at its exp, which comes first', { exp: now() + 60 }, 60],
  ])('stops being believed, also when it is remembered: %s', async (_case, claims, seconds) => {
    const remembered = await token(claims);
    await verifier.verify(remembered);
    const begun = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: begun + (seconds - 10) * 1_000 });
    expect(verifier.verify(remembered)).toEqual(me);
    vi.setSystemTime(begun + (seconds + 1) * 1_000);
    expect(() => verifier.verify(remembered)).toThrow(
      expect.objectContaining({ messageKey: 'tokenExpired' }),
    );
  });
});

describe('a token that lasts too long', () => {
  const DAY = 24 * HOUR;
  const asUsual = new TokenVerifier(edgeEnvironment());
  const strict = new TokenVerifier(edgeEnvironment({ JWT_MAX_LIFETIME_SECONDS: String(DAY) }));

  it.each<[string, TokenVerifier, { iat?: number | undefined; exp: number }]>([
    ['a year', asUsual, { exp: now() + 365 * DAY }],
    ['a day, of a day', strict, { exp: now() + DAY }],
    ['a day without iat', strict, { iat: undefined, exp: now() + DAY }],
    [
      'ten years where there is no limit',
      new TokenVerifier(edgeEnvironment({ JWT_MAX_LIFETIME_SECONDS: '0' })),
      { exp: now() + 3_650 * DAY },
    ],
    ['ten years, but an age that is bounded', verifier, { exp: now() + 3_650 * DAY }],
  ])('is none of %s', async (_case, by, claims) => {
    expect(await by.verify(await token(claims))).toEqual(me);
  });

  it.each<[string, TokenVerifier, { iat?: number | undefined; exp: number }]>([
    ['ten years', asUsual, { exp: now() + 3_650 * DAY }],
    ['an exp in milliseconds', asUsual, { exp: (now() + HOUR) * 1_000 }],
    ['an exp beyond all numbers', asUsual, { exp: 1e300 }],
    ['two days, of one', strict, { exp: now() + 2 * DAY }],
    ['two days without iat', strict, { iat: undefined, exp: now() + 2 * DAY }],
    ['an hour left of two days', strict, { iat: now() - 2 * DAY, exp: now() + HOUR }],
    [
      'ten years that an iat to come hides',
      strict,
      { iat: now() + 3_650 * DAY, exp: now() + 3_650 * DAY + HOUR },
    ],
  ])('is refused: %s', async (_case, by, claims) => {
    await expect(by.verify(await token(claims))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      messageKey: 'unauthenticated',
      cause: { message: 'the token lasts longer than JWT_MAX_LIFETIME_SECONDS' },
    });
  });
});
