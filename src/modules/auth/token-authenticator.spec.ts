import { Logger } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { edgeEnvironment, signToken } from '../../../test/for-specs.ts';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import type { UserDirectoryService } from '../user-directory/user-directory.service.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './token-verifier.js';

const request = (...authorizations: string[]): IncomingMessage =>
  ({
    headers: authorizations.length > 0 ? { authorization: authorizations[0] } : {},
    rawHeaders: ['Host', 'here', ...authorizations.flatMap((value) => ['Authorization', value])],
  }) as IncomingMessage;

const known = vi.fn<UserDirectoryService['known']>();
const identify = vi.fn<UserDirectoryService['identify']>();

function authenticator(overrides: Record<string, string> = {}): TokenAuthenticator {
  const environment = edgeEnvironment(overrides);
  return new TokenAuthenticator(
    new TokenVerifier(environment),
    { known, identify } as unknown as UserDirectoryService,
    environment,
  );
}

let warn: MockInstance<Logger['warn']>;
beforeEach(() => {
  warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  known.mockReset();
  identify.mockReset();
});

describe('who asks', () => {
  const plain = authenticator();

  it('is null without a token', async () => {
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
    expect(identify).not.toHaveBeenCalled();
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
    identify.mockResolvedValue({ userId: 'me', role: 'instructor' });
    expect(await asking('instructor')).toEqual({ userId: 'me', role: 'instructor' });
    await expect(asking('admin')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is refused when the user does not exist', async () => {
    identify.mockRejectedValue(new NotFoundError('userNotFound'));
    await expect(asking('user')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('must try again when the user service cannot be asked', async () => {
    identify.mockRejectedValue(new ServiceUnavailableError('userServiceUnavailable'));
    await expect(asking('user')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('may be a service, which is no user', async () => {
    expect(await asking('service')).toEqual({ userId: 'me', role: 'service' });
    expect(identify).not.toHaveBeenCalled();
  });
});

describe('who asks, by a token without a role', () => {
  const auto = authenticator();
  const bearer = async (claims: { role?: string } = {}): Promise<IncomingMessage> =>
    request(`Bearer ${await signToken({ sub: 'me', ...claims })}`);

  it.each(['user', 'instructor', 'admin'])('is %s, as the user service says', async (role) => {
    identify.mockResolvedValue({ userId: 'me', role });
    expect(await auto.authenticate(await bearer())).toEqual({ userId: 'me', role });
  });

  it('is told without waiting once both the token and the user are known', async () => {
    const asking = await bearer();
    identify.mockResolvedValue({ userId: 'me', role: 'user' });
    await auto.authenticate(asking);
    known.mockReturnValue({ userId: 'me', role: 'user' });
    expect(auto.authenticate(asking)).toEqual({ userId: 'me', role: 'user' });
    expect(identify).toHaveBeenCalledOnce();
  });

  it.each(['service', 'ADMIN', 'moderator', '', null])(
    'is refused when the user service says %j',
    async (role) => {
      identify.mockResolvedValue({ userId: 'me', role });
      await expect(auto.authenticate(await bearer())).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it('reports an unknown role once, however many users have it', async () => {
    const fresh = authenticator();
    identify.mockResolvedValue({ userId: 'me', role: 'moderator' });
    for (let time = 0; time < 3; time += 1)
      await expect(fresh.authenticate(await bearer())).rejects.toThrow();
    expect(warn).toHaveBeenCalledOnce();
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ role: 'moderator' }));
  });

  it('is refused unasked where only tokens name roles', async () => {
    await expect(
      authenticator({ AUTH_ROLE: 'token' }).authenticate(await bearer()),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(identify).not.toHaveBeenCalled();
  });
});

describe('who asks, where only the user service names roles', () => {
  const directory = authenticator({ AUTH_ROLE: 'directory' });
  const asking = async (role?: string) =>
    directory.authenticate(
      request(`Bearer ${await signToken({ sub: 'me', ...(role === undefined ? {} : { role }) })}`),
    );

  it.each(['admin', 'root', undefined])('is no more than it says, claiming %s', async (claimed) => {
    identify.mockResolvedValue({ userId: 'me', role: 'user' });
    expect(await asking(claimed)).toEqual({ userId: 'me', role: 'user' });
  });

  it('may be a service, which is no user', async () => {
    expect(await asking('service')).toEqual({ userId: 'me', role: 'service' });
    expect(identify).not.toHaveBeenCalled();
  });
});
