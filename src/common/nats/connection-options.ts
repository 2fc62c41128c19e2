import type { NodeConnectionOptions } from '@nats-io/transport-node';

const HANDSHAKE_TIMEOUT_MS = 2_000;

/** How long to wait between attempts to connect. */
export const RECONNECT_WAIT_MS = 500;

/**
 * Options of a connection that never gives up, and notices within 15 s that a server which keeps
 * its sockets open no longer answers.
 * @param urls `nats://[user:password@]host[:port]` or `tls://…`; the credentials of the first that has some are used for all.
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
    reconnectTimeWait: RECONNECT_WAIT_MS,
    reconnectJitter: RECONNECT_WAIT_MS / 2,
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
