import type { NatsConnection } from '@nats-io/transport-node';
import type { SandboxUser } from '../catalogue.ts';
import { found, notFound, Peer } from './peer.ts';

/** The user service. */
export class UsersPeer extends Peer {
  readonly users = new Map<string, SandboxUser>();

  constructor(connection: NatsConnection, users: readonly SandboxUser[]) {
    super(connection);
    for (const user of users) this.users.set(user.id, user);
    this.serve('user.get.by.id', 'users', ({ id }: { id: string }) => {
      const user = this.users.get(id);
      return user ? found(user) : notFound('user');
    });
  }

  /** Publishes an event about a user, as NestJS's `emit` does. */
  emit(subject: 'user.role_changed' | 'user.updated' | 'user.deleted', data: object): void {
    this.connection.publish(subject, JSON.stringify({ pattern: subject, data }));
  }
}
