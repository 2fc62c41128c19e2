import { createHmac } from 'node:crypto';

/** A token that is valid for a day. */
export function token(userId: string, role: string, secret: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    sub: userId,
    email: `${userId}@example.org`,
    role,
    iat: now,
    exp: now + 86_400,
  };
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
