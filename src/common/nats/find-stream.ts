import { jetstreamManager, JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** The JetStream stream that keeps a subject's messages; null where the server has none. */
export async function findStream(
  connection: NatsConnection,
  subject: string,
  timeoutMs: number,
): Promise<string | null> {
  if (connection.info?.jetstream !== true) return null;
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: timeoutMs });
  try {
    return await manager.streams.find(subject);
  } catch (error) {
    if (isNoStream(error)) return null;
    throw error;
  }
}

function isNoStream(error: unknown): boolean {
  return (
    error instanceof JetStreamApiError &&
    (error.code === JetStreamApiCodes.StreamNotFound ||
      error.code === JetStreamApiCodes.JetStreamNotEnabledForAccount)
  );
}
