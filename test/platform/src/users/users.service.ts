import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { ClientProxy } from '@nestjs/microservices';
import type { PlatformUser } from '../contract.js';
import { NATS_CLIENT } from '../wire/nats.module.js';
import { World } from '../world.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly world: World,
    private readonly jwt: JwtService,
    @Inject(NATS_CLIENT) private readonly nats: ClientProxy,
  ) {}

  /** Row 1: every look-up is told to everybody. */
  lookUp(id: string): PlatformUser {
    const user = this.find(id);
    this.nats.emit('user.queried', { userId: user.id, email: user.email });
    return user;
  }

  /** Row 1: as published, without a role. */
  tokenFor(id: string, expiresInSeconds: number | null): string {
    const { email, role } = this.find(id);
    const claims = { email, sub: id, ...(this.world.isMended(1) ? { role } : {}) };
    return this.jwt.sign(claims, expiresInSeconds === null ? {} : { expiresIn: expiresInSeconds });
  }

  update(id: string, changes: Partial<PlatformUser>): void {
    this.world.users.set(id, { ...this.find(id), ...changes });
    this.nats.emit('user.updated', { userId: id });
  }

  changeRole(id: string, role: PlatformUser['role']): void {
    const user = this.find(id);
    this.world.users.set(id, { ...user, role });
    this.nats.emit('user.role_changed', { userId: id, email: user.email, role });
  }

  delete(id: string): void {
    const { email } = this.find(id);
    this.world.users.delete(id);
    this.nats.emit('user.deleted', { userId: id, email });
  }

  /** Nobody need answer what is sent. */
  tell(subject: string, data: unknown, by: 'emit' | 'send'): void {
    this.nats[by](subject, data).subscribe({ error: () => undefined });
  }

  private find(id: string): PlatformUser {
    const user = this.world.users.get(id);
    if (!user) throw new NotFoundException('User not found');
    return user;
  }
}
