import { createServer, connect, type Server, type Socket } from 'node:net';

/**
 * What the link does with what it is given.
 * `hold-requests`, `hold-replies`, `blackhole`: that direction (or both) gets nothing through, though no connection
 * ends; as with lost packets, it is delivered once the link passes again. `refuse`: nobody listens.
 */
export type LinkMode = 'pass' | 'hold-requests' | 'hold-replies' | 'blackhole' | 'refuse';

interface Pair {
  near: Socket;
  far: Socket;
}

/** A TCP connection's way between two of the programs, with faults. Its own port never changes. */
export class Link {
  /** Milliseconds that each piece of data is on its way. */
  delayMs = 0;
  /** Sees what clients send. */
  tap: ((chunk: Buffer) => void) | null = null;
  private mode: LinkMode = 'pass';
  private readonly pairs = new Set<Pair>();
  private readonly server: Server;
  private target: number;

  private constructor(target: number) {
    this.target = target;
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => this.open(near));
  }

  static async start(target: number): Promise<Link> {
    const link = new Link(target);
    await new Promise<void>((resolve) => link.server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Where further connections lead. */
  retarget(port: number): void {
    this.target = port;
  }

  set(mode: LinkMode): void {
    this.mode = mode;
    if (mode === 'refuse') this.cut();
    for (const pair of this.pairs) this.apply(pair);
  }

  /** Resets all connections. */
  cut(): void {
    for (const { near, far } of this.pairs) {
      reset(near);
      reset(far);
    }
  }

  async close(): Promise<void> {
    // A reset waits for what was written before, which nobody may be reading any more.
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private open(near: Socket): void {
    if (this.mode === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect({
      port: this.target,
      host: '127.0.0.1',
      allowHalfOpen: true,
      noDelay: true,
    });
    const pair = { near, far };
    this.pairs.add(pair);
    near.on('data', (chunk) => this.tap?.(chunk));
    this.join(near, far);
    this.join(far, near);
    const end = () => {
      if (!near.destroyed || !far.destroyed) return;
      this.pairs.delete(pair);
    };
    near.on('close', end);
    far.on('close', end);
    this.apply(pair);
  }

  /** What ends a connection is on its way as long as what was sent before it. */
  private join(from: Socket, to: Socket): void {
    from.on('data', (chunk) => this.later(() => to.writable && to.write(chunk)));
    from.on('end', () => this.later(() => to.end()));
    from.on('error', () => this.later(() => reset(to)));
    from.on('close', () => this.later(() => to.destroySoon()));
  }

  private later(work: () => void): void {
    if (this.delayMs > 0) setTimeout(work, this.delayMs);
    else work();
  }

  private apply({ near, far }: Pair): void {
    hold(near, this.mode === 'blackhole' || this.mode === 'hold-requests');
    hold(far, this.mode === 'blackhole' || this.mode === 'hold-replies');
  }
}

/** One that is not connected yet has nothing to reset, and would first wait until it is. */
function reset(socket: Socket): void {
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

/** A paused socket reads nothing, so it does not learn of its peer's end either. */
function hold(socket: Socket, held: boolean): void {
  if (held) socket.pause();
  else socket.resume();
}
