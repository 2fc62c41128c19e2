import { connect } from '@nats-io/transport-node';
import { UsersPeer } from '../../sandbox/peers/users.ts';

/** A user service that knows everybody: who begins a lesson is looked up. @returns how to stop it */
export async function serveUsers(natsUrl: string): Promise<() => Promise<void>> {
  const connection = await connect({ servers: natsUrl });
  const { users } = new UsersPeer(connection, []);
  users.get = (id) => ({ id, email: '', role: 'user', firstName: '', lastName: '' });
  return () => connection.close();
}
