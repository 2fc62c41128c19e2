import { SignJWT, type JWTPayload } from 'jose';

export const TEST_SECRET = 'a secret for tests only, of more than 32 bytes';

/** A valid token, unless `overrides` change it. A claim that is `undefined` is left out, and so is a missing role. */
export function signToken({
  sub,
  role,
  ...overrides
}: { sub: string; role?: string } & JWTPayload): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    sub,
    role,
    email: `${sub.toLowerCase()}@test.example`,
    iat: now,
    exp: now + 3_600,
  };
  return new SignJWT({ ...claims, ...overrides })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(TEST_SECRET));
}
