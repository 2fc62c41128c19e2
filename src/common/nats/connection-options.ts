import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { reconnectPace } from './reconnect-pace.js';

const HANDSHAKE_TIMEOUT_MS = 2_000;

/** The wait between two attempts to connect, in milliseconds. */
export const RECONNECT_WAIT_MS = 500;

/**
 * Options of a connection that never gives up. It notices within 15 s when a server keeps its sockets open but no
 * longer answers.
 * @param urls `nats://[user:password@]host[:port]` or `tls://…`. The first credentials found are used for all.
 */
export function connectionOptions(urls: readonly string[]): NodeConnectionOptions {
  const servers = urls.map((url) => new URL(url.includes('://') ? url : `nats://${url}`));
  const withCredentials = servers.find((server) => server.username !== '');
  return {
    name: 'user-progress',
    servers: servers.map((server) => server.host),
    ...(withCredentials ? credentials(withCredentials) : {}),
    ...(servers.some((server) => server.protocol === 'tls:') ? { tls: {} } : {}),
    timeout: HANDSHAKE_TIMEOUT_MS,
    maxReconnectAttempts: -1,
    ...reconnectPace(RECONNECT_WAIT_MS),
    ignoreAuthErrorAbort: true,
    pingInterval: 5_000,
    maxPingOut: 2,
  };
}

function credentials(server: URL): { user: string; pass: string } | { token: string } {
  const user = decodeURIComponent(server.username);
  return server.password === ''
    ? { token: user }
    : { user, pass: decodeURIComponent(server.password) };
}
