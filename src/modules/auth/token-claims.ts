import type { JWTPayload } from 'jose';
import { isId } from '../../common/graphql/id.js';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { Environment } from '../../config/environment.js';
import type { Role } from '../../common/identity/identity.js';

/** Whom a verified token speaks for. `role` is null where the user service has to say it. */
export interface TokenSubject {
  readonly userId: string;
  readonly role: Role | null;
}

const USER_ROLES: readonly unknown[] = ['admin', 'instructor', 'user'] satisfies Role[];

/** The role of a user under the platform's name, or null for any other. A user is never a service. */
export function userRole(name: unknown): Role | null {
  return USER_ROLES.includes(name) ? (name as Role) : null;
}

/**
 * What a token says of its subject. With `AUTH_ROLE=directory` its role is not read, unless it is the
 * service role: the user service knows nothing of services.
 * @throws UnauthenticatedError where `sub` is not an id, `role` is not one of the platform's, or a role is needed and missing.
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
