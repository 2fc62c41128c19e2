import { SignJWT } from 'jose';

/** Signs a token as the platform does: HS256, with the claims of the wire contract. */
export function signToken(
  person: { id: string; email: string; role: string },
  secret: string,
  validFor = '30d',
): Promise<string> {
  return new SignJWT({ email: person.email, role: person.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(person.id)
    .setIssuedAt()
    .setExpirationTime(validFor)
    .sign(new TextEncoder().encode(secret));
}
