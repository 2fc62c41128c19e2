import { createServer, connect, type Server, type Socket } from 'node:net';

/**
 * What the link does with data and connections.
 * `hold-requests`, `hold-replies`, `blackhole`: that direction (or both) passes nothing, but no connection ends; as
 * with lost packets, the data arrives when the link passes again. `refuse`: no connection is accepted.
 */
export type LinkMode = 'pass' | 'hold-requests' | 'hold-replies' | 'blackhole' | 'refuse';

interface Pair {
  near: Socket;
  far: Socket;
}

/** A TCP proxy between two of the programs, with faults. Its own port never changes. */
export class Link {
  /** Milliseconds by which each piece of data is delayed. */
  delayMs = 0;
  /** Called with the data that clients send. */
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

  /** Whether the other side knows one of the link's connections by that port. */
  leadsFrom(port: number): boolean {
    return [...this.pairs].some(({ far }) => far.localPort === port);
  }

  /** Where new connections lead. */
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
    // A reset waits until earlier data is written, which the other side may not be reading any more.
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

  /** The end of a connection is delayed as long as the data before it. */
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

/** A socket that is not connected yet has nothing to reset; resetAndDestroy() would wait until it is. */
function reset(socket: Socket): void {
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

/** A paused socket reads nothing, so it does not notice either that its peer has ended. */
function hold(socket: Socket, held: boolean): void {
  if (held) socket.pause();
  else socket.resume();
}
