import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from './client.ts';
import { Learner } from './learner.ts';
import { Ledger } from './ledger.ts';
import { pick, type Random } from './random.ts';
import type { Service } from '../stage/service.ts';

export interface LoadOptions {
  client: Client;
  random: Random;
  /** Each request goes to one of those that are up. */
  services: readonly Service[];
  requestsPerSecond: number;
  /** The beginning of the learners' ids. */
  name: string;
  courseSizes?: readonly number[];
  /** Called with every answer. */
  observe?: (answer: Answer) => void;
}

interface Waiting {
  since: number;
  port: number | null;
  resolve(milliseconds: number): void;
}

const TICK_MS = 10;
const LEARNERS_AT_ONCE = 64;
const GIVE_UP_MS = 60_000;

/** A promise that is tried again on the same stage has other learners than before. */
let loads = 0;

/** Learners who take courses, at a steady rate of requests, whatever happens to these. */
export class Load {
  readonly ledger = new Ledger();
  private readonly options: LoadOptions;
  private readonly busy = new Set<Promise<void>>();
  private idle: Learner[] = [];
  private waiting: Waiting[] = [];
  private readonly number = (loads += 1);
  private learners = 0;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(options: LoadOptions) {
    this.options = options;
  }

  start(): void {
    this.running = this.run();
  }

  /** Resolves after the answer to the last request. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await Promise.all(this.busy);
  }

  /**
   * Milliseconds from now until a request that was sent after now is acknowledged (by that process); Infinity when none
   * is within a minute.
   */
  untilAcknowledged(port: number | null = null): Promise<number> {
    return new Promise((resolve) => {
      this.waiting.push({ since: performance.now(), port, resolve });
      setTimeout(() => resolve(Infinity), GIVE_UP_MS).unref();
    });
  }

  private async run(): Promise<void> {
    const begun = performance.now();
    for (let sent = 0; !this.stopped;) {
      const due = ((performance.now() - begun) * this.options.requestsPerSecond) / 1_000;
      for (; sent < due; sent += 1) this.sendOne();
      await sleep(TICK_MS);
    }
  }

  private sendOne(): void {
    const learner = this.idle.shift() ?? this.newLearner();
    if (!learner) return;
    const work = this.step(learner).finally(() => this.busy.delete(work));
    this.busy.add(work);
  }

  /** Null while too many learners wait for answers. */
  private newLearner(): Learner | null {
    if (this.busy.size >= LEARNERS_AT_ONCE) return null;
    const { random, name, courseSizes = [1, 2, 3] } = this.options;
    this.learners += 1;
    return new Learner(
      `${name}-${this.number}-${this.learners}`,
      pick(random, courseSizes),
      this.ledger,
      random,
    );
  }

  private async step(learner: Learner): Promise<void> {
    const { client, random, services } = this.options;
    const up = services.filter((service) => service.up);
    const { port } = pick(random, up.length > 0 ? up : services).link;
    const answer = await learner.step((query, variables) => client.send(port, query, variables));
    if (answer) this.options.observe?.(answer);
    if (answer?.outcome === 'acknowledged') this.acknowledged(answer, port);
    if (!learner.finished) this.idle.push(learner);
  }

  private acknowledged(answer: Answer, port: number): void {
    this.waiting = this.waiting.filter((waiting) => {
      const meant = waiting.port === null || waiting.port === port;
      if (!meant || answer.invokedAt < waiting.since) return true;
      waiting.resolve(answer.returnedAt - waiting.since);
      return false;
    });
  }
}
