import type { JWTPayload } from 'jose';
import { isId } from '../../common/id.js';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { Environment } from '../../config/environment.js';
import type { Role } from '../../common/identity/identity.js';

/** The subject of a verified token. `role` is null when the user service must say it. */
export interface TokenSubject {
  readonly userId: string;
  readonly role: Role | null;
}

const USER_ROLES: readonly unknown[] = ['admin', 'instructor', 'user'] satisfies Role[];

/** The role with this platform name, or null for any other name. Never `service`, which is no user role. */
export function userRole(name: unknown): Role | null {
  return USER_ROLES.includes(name) ? (name as Role) : null;
}

/**
 * Reads the subject of a token. With `AUTH_ROLE=directory`, the token's role is ignored unless it is the service role:
 * the user service does not know services.
 * @throws UnauthenticatedError when `sub` is not an id, `role` is not one of the platform's, or a needed role is
 *   missing.
 */
export function subjectFrom(
  { sub, role: claimed }: JWTPayload,
  { AUTH_ROLE, JWT_SERVICE_ROLE }: Pick<Environment, 'AUTH_ROLE' | 'JWT_SERVICE_ROLE'>,
): TokenSubject {
  if (!isId(sub)) throw new UnauthenticatedError();
  const role = userRole(claimed) ?? (claimed === JWT_SERVICE_ROLE ? 'service' : null);
  if (role === 'service') return { userId: sub, role };
  if (AUTH_ROLE === 'directory') return { userId: sub, role: null };
  if (role === null && (claimed !== undefined || AUTH_ROLE === 'token'))
    throw new UnauthenticatedError();
  return { userId: sub, role };
}
