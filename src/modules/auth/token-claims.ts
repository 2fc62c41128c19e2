import type { JWTPayload } from 'jose';
import { isId } from '../../common/graphql/id.js';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { Identity, Role } from '../../common/identity/identity.js';

const USER_ROLES: readonly unknown[] = ['admin', 'instructor', 'user'] satisfies Role[];

/**
 * Who a verified token speaks for.
 * @throws UnauthenticatedError where `sub` is not an id, or `role` is not one of the platform's.
 */
export function identityFrom({ sub, role }: JWTPayload, serviceRole: string): Identity {
  if (!isId(sub)) throw new UnauthenticatedError();
  if (USER_ROLES.includes(role)) return { userId: sub, role: role as Role };
  if (role === serviceRole) return { userId: sub, role: 'service' };
  throw new UnauthenticatedError();
}
