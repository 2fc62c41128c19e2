import { connect } from 'node:net';

/** What a server sent until it closed the connection, and how long that took. */
export interface RawReply {
  /** Null where nothing came that begins like an answer. */
  status: number | null;
  text: string;
  milliseconds: number;
}

/**
 * Sends bytes as they are. Later ones go out one by one, `everyMs` apart, until the server has had enough.
 */
export function sendRaw(
  origin: string,
  bytes: string | Buffer,
  { drip, everyMs = 200 }: { drip?: string; everyMs?: number } = {},
): Promise<RawReply> {
  const begun = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), everyMs);
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
      resolve({
        status: status ? Number(status) : null,
        text,
        milliseconds: performance.now() - begun,
      });
    });
    socket.write(bytes);
  });
}

/** Sends bytes and goes away, without waiting for anything. */
export function sendAndLeave(origin: string, bytes: string, afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.write(bytes);
    setTimeout(() => socket.destroy(), afterMs);
  });
}
