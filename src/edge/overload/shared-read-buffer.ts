import type { Socket } from 'node:net';

/** Bytes: as many as Node reads at once. */
const LARGEST_READ = 65_536;

const buffer = Buffer.allocUnsafeSlow(LARGEST_READ);

interface Internals {
  _handle?: { useUserBuffer?: (buffer: Uint8Array) => void } | null;
  [symbol: symbol]: unknown;
}

/**
 * Reads what arrives on a server's socket into one buffer that all such sockets share, and passes it to `read`. Without
 * this, Node makes a buffer of 64 KiB for every read: 6 % of a beat's processor time, and a third of a refusal's
 * (docs/adr/0006). A reader that keeps bytes for later must copy them, which Node's HTTP parser does.
 *
 * This switches on what Node offers for client sockets only (`onread`), by fields that Node does not document. Where
 * those fields are missing, nothing changes, and `read` gets a new buffer each time.
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
