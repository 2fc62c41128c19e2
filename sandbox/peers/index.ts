import { connect } from '@nats-io/transport-node';
import { join } from 'node:path';
import { SANDBOX, type Catalogue } from '../catalogue.ts';
import { CertificatesPeer } from './certificates.ts';
import { CoursesPeer } from './courses.ts';
import { UsersPeer } from './users.ts';

export interface PeersOptions {
  natsUrl: string;
  /** The file of issued certificates. Without it, they are forgotten when the peer stops. */
  dataDir?: string;
  /** Users and courses; the seeded ones by default. */
  catalogue?: Catalogue;
}

export interface Peers {
  users: UsersPeer;
  courses: CoursesPeer;
  certificates: CertificatesPeer;
  close(): Promise<void>;
}

/** Starts the other services that this one talks to. Waits for NATS. */
export async function startPeers(options: PeersOptions): Promise<Peers> {
  const catalogue = options.catalogue ?? SANDBOX;
  const connection = await connect({
    name: 'sandbox-peers',
    servers: options.natsUrl,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  });
  const certificates = new CertificatesPeer(
    connection,
    options.dataDir === undefined ? undefined : join(options.dataDir, 'certificates.jsonl'),
  );
  const peers = {
    users: new UsersPeer(connection, catalogue.users),
    courses: new CoursesPeer(connection, catalogue.courses),
    certificates,
  };
  await connection.flush();
  return {
    ...peers,
    close: async () => {
      await connection.close();
      certificates.close();
    },
  };
}
