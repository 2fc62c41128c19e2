import type { IncomingMessage } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { edgeEnvironment } from '../../../test/support/edge-app.ts';
import { signToken } from '../../../test/support/tokens.ts';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import type { UserDirectoryService } from '../user-directory/user-directory.service.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './token-verifier.js';

const request = (...authorizations: string[]): IncomingMessage =>
  ({
    headers: authorizations.length > 0 ? { authorization: authorizations[0] } : {},
    rawHeaders: ['Host', 'here', ...authorizations.flatMap((value) => ['Authorization', value])],
  }) as IncomingMessage;

const requireUser = vi.fn<UserDirectoryService['requireUser']>();

function authenticator(overrides: Record<string, string> = {}): TokenAuthenticator {
  const environment = edgeEnvironment(overrides);
  return new TokenAuthenticator(
    new TokenVerifier(environment),
    { requireUser } as unknown as UserDirectoryService,
    environment,
  );
}

describe('who asks', () => {
  const plain = authenticator();

  it('is nobody without a token', async () => {
    expect(await plain.authenticate(request())).toBeNull();
  });

  it('is whom the token speaks for, and nobody else is asked', async () => {
    const token = await signToken({ sub: 'me', role: 'user' });
    expect(await plain.authenticate(request(`Bearer ${token}`))).toEqual({
      userId: 'me',
      role: 'user',
    });
    expect(await plain.authenticate(request(`bearer ${token}`))).toEqual({
      userId: 'me',
      role: 'user',
    });
    expect(requireUser).not.toHaveBeenCalled();
  });

  it.each<[string, (token: string) => string[]]>([
    ['an empty header', () => ['']],
    ['no token', () => ['Bearer']],
    ['another scheme', () => ['Basic bWU6c2VjcmV0']],
    ['a token alone', (token) => [token]],
    ['two tokens in one header', (token) => [`Bearer ${token}, Bearer ${token}`]],
    ['two headers', (token) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['a second header in other letters', (token) => [`Bearer ${token}`, 'Bearer x.y.z']],
    ['more than 8 KiB', (token) => [`Bearer ${token}${'A'.repeat(8_192)}`]],
    ['signs that no token has', (token) => [`Bearer ${token}\u0000`]],
  ])('is refused for %s', async (_case, headers) => {
    const token = await signToken({ sub: 'me', role: 'user' });
    await expect(
      (async () => plain.authenticate(request(...headers(token))))(),
    ).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('who asks, where users are to be verified', () => {
  const strict = authenticator({ AUTH_VERIFY_USER: 'true' });
  const asking = async (role: string) =>
    strict.authenticate(request(`Bearer ${await signToken({ sub: 'me', role })}`));

  it('is a user that exists and has that role', async () => {
    requireUser.mockResolvedValue({ userId: 'me', role: 'instructor' });
    expect(await asking('instructor')).toEqual({ userId: 'me', role: 'instructor' });
    await expect(asking('admin')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is nobody who does not exist', async () => {
    requireUser.mockRejectedValue(new NotFoundError('userNotFound'));
    await expect(asking('user')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is to ask again where the user service cannot be asked', async () => {
    requireUser.mockRejectedValue(new ServiceUnavailableError('userServiceUnavailable'));
    await expect(asking('user')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('may be a service, which is no user', async () => {
    requireUser.mockClear();
    expect(await asking('service')).toEqual({ userId: 'me', role: 'service' });
    expect(requireUser).not.toHaveBeenCalled();
  });
});
