export type Role = 'admin' | 'instructor' | 'user' | 'service';

/** Whom a token names. The page only chooses by it what to show: the service decides what may be seen. */
export interface Person {
  userId: string;
  /** Null where only the service knows it. */
  role: Role | null;
  /** Milliseconds since 1970; null for a token that names no end. */
  expiresAt: number | null;
}

const ROLES: readonly unknown[] = ['admin', 'instructor', 'user', 'service'] satisfies Role[];

/** @returns null for what is no token */
export function personOf(token: string): Person | null {
  try {
    const { sub, role, exp } = JSON.parse(decode(token.split('.')[1]!)) as Record<string, unknown>;
    if (typeof sub !== 'string') return null;
    return {
      userId: sub,
      role: ROLES.includes(role) ? (role as Role) : null,
      expiresAt: typeof exp === 'number' ? exp * 1_000 : null,
    };
  } catch {
    return null;
  }
}

/** Base64url of UTF-8. */
function decode(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
