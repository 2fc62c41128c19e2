import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from './servers/child.ts';

export interface Service {
  /** Resolves with the exit code when the process ends. */
  start(): Promise<number>;
  /** Resolves with whether it is ready; false when it ended instead. */
  ready(): Promise<boolean>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 100;
/** Longer than the service's own grace (SHUTDOWN_GRACE_MS). */
const STOP_WITHIN_MS = 15_000;

/** Runs the built service as a child process. */
export function createService(environment: NodeJS.ProcessEnv, port: number): Service {
  let child: Child | undefined;
  let running = false;

  const start = async () => {
    running = true;
    child = startChild('the service', process.execPath, ['--enable-source-maps', 'dist/main.js'], {
      environment,
      stdio: 'inherit',
      stopWithinMs: STOP_WITHIN_MS,
    });
    const exitCode = await child.exited;
    running = false;
    return exitCode;
  };
  const stop = async () => {
    await child?.stop();
  };

  return {
    start,
    stop,
    async ready() {
      while (running) {
        if (await answers(`http://localhost:${port}/health/ready`)) return true;
        await delay(LOOK_EVERY_MS);
      }
      return false;
    },
    async restart() {
      await stop();
      void start();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
