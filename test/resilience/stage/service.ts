import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startChild, type Child } from '../../../sandbox/servers/child.ts';
import { freePort } from '../../../sandbox/servers/free-port.ts';
import { childPids } from '../../support/child-pids.ts';
import { Link } from './link.ts';

export const ROOT = join(import.meta.dirname, '..', '..', '..');
const PRELOAD = pathToFileURL(join(import.meta.dirname, '..', 'controls', 'preload.ts')).href;
const LOOK_EVERY_MS = 20;
const START_WITHIN_MS = 60_000;
/** A worker that is replaced keeps idle connections for a minute. */
const REPLACED_WITHIN_MS = 300_000;
const STOP_WITHIN_MS = 15_000;

/**
 * What to break in a process on purpose: where it dies, or what is changed in its code as it is loaded. `clocks`: a folder
 * for the files by which `setClock` sets its clock.
 */
export interface Sabotage {
  crashAt?: string;
  breaks?: readonly string[];
  clocks?: string;
}

/** One process of the built service, behind a link whose port never changes. */
export class Service {
  readonly link: Link;
  /** Whether a load balancer would send requests here. */
  up = false;
  /** The first unexpected error in the log of each process. */
  unexpectedError = '';
  /** Variables that it gets at each start from now on. */
  variables: NodeJS.ProcessEnv = {};
  private readonly environment: NodeJS.ProcessEnv;
  private child: Child | null = null;
  private terminating = false;
  private port = 0;
  private clock: string | null = null;
  private workersWanted = 1;

  private constructor(environment: NodeJS.ProcessEnv, link: Link) {
    this.environment = environment;
    this.link = link;
  }

  static async create(environment: NodeJS.ProcessEnv): Promise<Service> {
    return new Service(environment, await Link.start(1));
  }

  /** The process's own port, not the link's. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.running.pid;
  }

  /** Its workers; none where it serves itself. */
  get workers(): number[] {
    return this.workersWanted > 1 ? childPids(this.pid) : [];
  }

  get exited(): Promise<number> {
    return this.running.exited;
  }

  /** Its last lines of output. */
  output(): string {
    return this.child?.output() ?? '';
  }

  /**
   * Starts the process, and resolves when it reports that it is ready.
   * @param output a file descriptor for its log, which `output()` does not have then
   */
  async start(
    sabotage: Sabotage = {},
    environment: NodeJS.ProcessEnv = {},
    output?: number,
  ): Promise<void> {
    this.spawn(await freePort(), sabotage, environment, output);
    let ended = false;
    this.terminating = false;
    void this.exited.then(() => {
      ended = true;
      if (!this.terminating) this.up = false;
    });
    const deadline = performance.now() + START_WITHIN_MS;
    while (!(await this.isReady())) {
      if (ended || performance.now() > deadline) {
        throw new Error(`The service did not start:\n${this.output()}`);
      }
      await sleep(LOOK_EVERY_MS);
    }
    if (this.workersWanted > 1) await this.untilReplaced([]);
    this.up = true;
  }

  async isReady(): Promise<boolean> {
    return (await this.get('/health/ready'))?.ok === true;
  }

  /** Not through the link; null when there is no answer. */
  async get(path: string): Promise<{ ok: boolean; text: string } | null> {
    try {
      const response = await fetch(this.origin + path, { signal: AbortSignal.timeout(5_000) });
      return { ok: response.ok, text: await response.text() };
    } catch {
      return null;
    }
  }

  /** Sets the process's wall clock ahead of ours, or behind it; its monotonic clock stays. */
  async setClock(aheadMs: number): Promise<void> {
    if (this.clock === null) throw new Error('The clock of this process cannot be set');
    const confirmed = `${this.clock}-set`;
    rmSync(confirmed, { force: true });
    writeFileSync(this.clock, String(aheadMs));
    process.kill(this.pid, 'SIGUSR2');
    while (!existsSync(confirmed)) await sleep(LOOK_EVERY_MS);
  }

  async kill(): Promise<void> {
    this.up = false;
    await this.running.stop('SIGKILL');
  }

  /** Replaces all workers while they serve. */
  async renew(): Promise<void> {
    const { workers } = this;
    process.kill(this.pid, 'SIGHUP');
    await this.untilReplaced(workers);
  }

  /** Resolves when others serve in the place of the given workers. */
  async untilReplaced(workers: number[]): Promise<void> {
    const deadline = performance.now() + REPLACED_WITHIN_MS;
    const all = new RegExp(`^progress_workers ${this.workersWanted}$`, 'm');
    while (
      this.workers.some((pid) => workers.includes(pid)) ||
      !all.test((await this.get('/metrics'))?.text ?? '')
    ) {
      if (performance.now() > deadline) throw new Error(`Workers are missing:\n${this.output()}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /**
   * Asks the process to stop. It stays `up` until a load balancer would have noticed.
   * @returns how long it took to end, in milliseconds
   */
  async terminate(): Promise<number> {
    this.terminating = true;
    const begun = performance.now();
    await this.running.stop('SIGTERM');
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await this.child?.stop();
    await this.link.close();
  }

  private get running(): Child {
    if (!this.child) throw new Error('The service was not started');
    return this.child;
  }

  private spawn(
    port: number,
    { crashAt, breaks = [], clocks }: Sabotage,
    environment: NodeJS.ProcessEnv,
    output: number | undefined,
  ): void {
    this.clock = clocks === undefined ? null : join(clocks, `clock-${port}`);
    const sabotaged = crashAt !== undefined || breaks.length > 0 || this.clock !== null;
    this.port = port;
    const variables = { ...this.environment, ...this.variables, ...environment };
    this.workersWanted = Number(variables['WORKERS'] ?? 1);
    this.link.retarget(port);
    this.child = startChild(
      'the service',
      process.execPath,
      [...(sabotaged ? ['--import', PRELOAD] : []), join(ROOT, 'dist', 'main.js')],
      {
        stopWithinMs: STOP_WITHIN_MS,
        stdio: output ?? 'pipe',
        environment: {
          ...variables,
          PORT_USER_PROGRESS: String(port),
          ...(crashAt === undefined ? {} : { RESILIENCE_CRASH_AT: crashAt }),
          ...(this.clock === null ? {} : { RESILIENCE_CLOCK: this.clock }),
          ...(breaks.length === 0 ? {} : { RESILIENCE_BREAKS: breaks.join(',') }),
        },
      },
    );
    this.child.line(/^.*unexpected error.*$/m).then(
      ([line]) => {
        this.unexpectedError = line;
      },
      () => undefined,
    );
  }
}
