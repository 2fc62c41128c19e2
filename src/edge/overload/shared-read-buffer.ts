import type { Socket } from 'node:net';

/** Bytes: as many as Node reads at once. */
const LARGEST_READ = 65_536;

const buffer = Buffer.allocUnsafeSlow(LARGEST_READ);

interface Internals {
  _handle?: { useUserBuffer?: (buffer: Uint8Array) => void } | null;
  [symbol: symbol]: unknown;
}

/**
 * Has what arrives on a server's socket given to its `data` listener `read` in one buffer that all such sockets share:
 * what is wanted later must be copied, which Node's HTTP parser does. Node makes a buffer of 64 KiB for every read
 * otherwise, which is a third of what a refusal costs (docs/adr/0006).
 *
 * This is Node's `onread`, which it offers for client sockets only; hence the look inside. Where that finds something
 * else, nothing is changed, and `read` gets buffers of its own.
 */
export function readIntoSharedBuffer(socket: Socket, read: (chunk: Buffer) => void): void {
  const internals = socket as unknown as Internals;
  const symbols = Object.getOwnPropertySymbols(socket);
  const target = symbols.find(({ description }) => description === 'kBuffer');
  const callback = symbols.find(({ description }) => description === 'kBufferCb');
  const handle = internals._handle;
  if (!target || !callback || internals[target] !== null || !handle?.useUserBuffer) return;
  internals[target] = buffer;
  internals[callback] = (length: number): void => read(buffer.subarray(0, length));
  handle.useUserBuffer(buffer);
}
