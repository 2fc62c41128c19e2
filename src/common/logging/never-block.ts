/**
 * Makes a write to standard output or standard error fail (EAGAIN) when its reader sleeps, where it would block: the
 * whole process, or a thread that `process.exit` then waits for. Node sets this when it opens its stream of a pipe or a
 * terminal, for a terminal only on demand. A library that prints to a stream without a reader does no harm either.
 */
export function neverBlock(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', leaveUnwritten);
    const { _handle: handle } = stream as { _handle?: { setBlocking?(on: boolean): void } };
    handle?.setBlocking?.(false);
  }
}

function leaveUnwritten(): void {}
