import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from './child.ts';

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  /** Changes with `restart()`. */
  readonly pid: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Restarts on the same port, as after an outage. */
  restart(): Promise<void>;
}

export interface NatsOptions {
  /** Path of the `nats-server` program. */
  binary: string;
  /** Any free one by default. */
  port?: number;
  /** Turns JetStream on, with its streams in this folder. */
  storeDir?: string;
  /** Like `jetstreamDirectory`, but deletes the folder afterwards. */
  throwawayStore?: string;
}

const ANY_PORT = -1;
const REBIND_MS = 50;
const REBIND_ATTEMPTS = 40;

/** Starts a nats-server on 127.0.0.1 and resolves when it accepts clients. */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const { binary, port = ANY_PORT, throwawayStore, storeDir = throwawayStore } = options;
  const jetStream = storeDir ? ['-js', '-sd', storeDir] : [];
  const start = async (onPort: number) => {
    const args = ['-a', '127.0.0.1', '-p', String(onPort), ...jetStream];
    const child = startChild('nats-server', binary, args, { removeAfterwards: throwawayStore });
    const [, bound] = await child.line(/client connections on [^\s]*:(\d+)[\s\S]*Server is ready/);
    return { child, bound: Number(bound) };
  };

  const first = await start(port);
  let child: Child = first.child;
  return {
    url: `nats://127.0.0.1:${first.bound}`,
    port: first.bound,
    get pid() {
      return child.pid;
    },
    stop: (signal) => child.stop(signal),
    async restart() {
      await child.stop();
      // After a kill, the kernel may keep the port for a moment.
      for (let attempt = 1; ; attempt++) {
        try {
          child = (await start(first.bound)).child;
          return;
        } catch (error) {
          if (attempt === REBIND_ATTEMPTS) throw error;
          await delay(REBIND_MS);
        }
      }
    },
  };
}
