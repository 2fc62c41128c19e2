import cluster, { type Worker } from 'node:cluster';
import { Channel } from '../common/workers/channel.js';

const LOOK_EVERY_MS = 5_000;
/** So many questions in a row without an answer, and a worker counts as hung: half a minute. */
const UNANSWERED_MAXIMUM = 6;

export interface End {
  code: number | null;
  signal: string | null;
}

/** One worker, from its start to its end. */
export class WorkerProcess {
  state: 'starting' | 'serving' | 'leaving' | 'ended' = 'starting';
  /** When it began to serve, in milliseconds of `performance.now()`. */
  servesSince: number | null = null;
  /** Whether its end was asked for: it is no death then. */
  wasAsked = false;
  readonly channel: Channel;
  /** Resolves when it serves; never, if it ends before. */
  readonly serves: Promise<void>;
  readonly ended: Promise<End>;
  private readonly worker: Worker = cluster.fork();

  constructor() {
    this.channel = new Channel(this.worker);
    this.serves = new Promise((resolve) => {
      this.worker.once('listening', () => {
        if (this.state === 'starting') this.state = 'serving';
        this.servesSince = performance.now();
        resolve();
      });
    });
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null): void => {
        this.state = 'ended';
        resolve({ code, signal });
      };
      this.worker.once('exit', end);
      // It could not be started at all.
      this.worker.on('error', () => this.worker.process.pid ?? end(127, null));
    });
  }

  get pid(): number | undefined {
    return this.worker.process.pid;
  }

  /** Ends it, once it has served what it has begun. */
  async retire(): Promise<void> {
    this.state = 'leaving';
    this.wasAsked = true;
    await this.channel.ask('retire', LOOK_EVERY_MS, undefined);
  }

  /** Asks it to stop, as a supervisor would. */
  stop(signal: NodeJS.Signals): void {
    this.wasAsked = true;
    if (this.state === 'serving') this.state = 'leaving';
    this.kill(signal);
  }

  kill(signal: NodeJS.Signals): void {
    this.worker.process.kill(signal);
  }

  /**
   * Resolves when it has not answered for half a minute while it serves; never, if it ends before. Questions are
   * counted, not seconds: after a pause of the whole machine, every worker would be late.
   */
  async hangs(): Promise<void> {
    await this.serves;
    for (let unanswered = 0; unanswered < UNANSWERED_MAXIMUM;) {
      const begun = performance.now();
      const answered = await this.channel.ask('alive', LOOK_EVERY_MS, undefined);
      unanswered = answered ? 0 : unanswered + 1;
      if (this.state === 'ended') return new Promise(() => undefined);
      const rest = LOOK_EVERY_MS - (performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
    }
  }
}
