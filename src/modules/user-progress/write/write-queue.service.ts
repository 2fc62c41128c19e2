import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { bulkhead } from 'cockatiel';
import { Counter } from 'prom-client';
import { Placement } from '../../../common/database/placement/placement.js';
import { sqlState } from '../../../common/errors/sql-state.js';
import { ServiceUnavailableError } from '../../../common/errors/service-error.js';
import { registry } from '../../../common/metrics/registry.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type {
  AddWatchTimeChange,
  ChangeOutcome,
  ProgressChange,
} from '../changes/progress-change.js';
import type { WriteSummary } from '../proxy/progress-write.proxy.js';
import { AddWatchTimeFacade } from './add-watch-time.facade.js';
import { BatchPause } from './batch-pause.js';
import { commitWithRetries, isOneRowsFault } from './batch-attempts.js';
import { ChangeWeights } from './change-weights.js';
import { CommitBatchFacade, type BatchResult } from './commit-batch.facade.js';
import { plainWatchTime } from './plain-watch-time.js';
import { WaitingChanges } from './waiting-changes.js';

interface Waiting {
  change: ProgressChange;
  /** Milliseconds of `performance.now()`. */
  deadline: number;
  resolve: (outcome: ChangeOutcome) => void;
  reject: (error: unknown) => void;
}

const refused = new Counter({
  name: 'progress_write_refused_total',
  help: 'Changes refused because the queue was full or slow',
  labelNames: ['cause'],
  registers: [registry],
});

/** The changes of learners who have one place: batches of them are committed one after the other. */
interface Lane {
  readonly waiting: WaitingChanges<Waiting>;
  readonly pause: BatchPause;
  running: Promise<void> | null;
}

const EXPIRY_CHECK_MS = 50;
/** So full a batch is sent without a pause. */
const ENOUGH_OF_BATCH = 1 / 2;

/**
 * Group commit: changes that arrive while a batch is being committed make up the next batch. An idle service commits at
 * once; while many changes come, batches wait a moment for more (`BatchPause`). No change is answered before the commit
 * that holds it.
 *
 * Each place (`Placement`) has its own lane, so a transaction never has learners of two.
 */
@Injectable()
export class WriteQueue implements OnApplicationShutdown {
  private readonly logger = new Logger(WriteQueue.name);
  private readonly committed = new Set<(summary: WriteSummary) => void>();
  private readonly weights = new ChangeWeights();
  private readonly lanes = new Map<number, Lane>();
  /** How many lanes may commit at once: reads need connections, too. */
  private readonly commits;
  private expiry: NodeJS.Timeout | null = null;

  constructor(
    private readonly batches: CommitBatchFacade,
    private readonly watchTime: AddWatchTimeFacade,
    private readonly placement: Placement,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.commits = bulkhead(Math.ceil(environment.DB_POOL_SIZE / 2), Infinity);
  }

  /** Calls back after each commit that wrote to the outbox. */
  onCommitted(listener: (summary: WriteSummary) => void): void {
    this.committed.add(listener);
  }

  /**
   * Resolves when the change is durable.
   * @throws ServiceUnavailableError at once when the queue is full, and later when the change's turn does not come in
   *   time; nothing was written then.
   */
  submit(change: ProgressChange): Promise<ChangeOutcome> {
    if (this.length >= this.environment.WRITE_QUEUE_MAX) {
      refused.inc({ cause: 'full' });
      return Promise.reject(new ServiceUnavailableError('overloaded'));
    }
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + this.environment.WRITE_QUEUE_WAIT_MS;
      const lane = this.laneOf(change);
      lane.waiting.push({ change, deadline, resolve, reject });
      lane.running ??= this.run(lane);
      // A timer can fire before the answer is read. Wait one turn, so that changes whose batch is next are not refused.
      const refuse = () => setImmediate(() => this.refuseExpired());
      this.expiry ??= setInterval(refuse, EXPIRY_CHECK_MS).unref();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    for (const { pause } of this.lanes.values()) pause.switchOff();
    while (this.running.length > 0) await Promise.all(this.running);
  }

  private get length(): number {
    let length = 0;
    for (const { waiting } of this.lanes.values()) length += waiting.length;
    return length;
  }

  private get running(): Promise<void>[] {
    return [...this.lanes.values()].flatMap(({ running }) => running ?? []);
  }

  private laneOf({ userId }: ProgressChange): Lane {
    const place = this.placement.of(userId);
    let lane = this.lanes.get(place);
    if (!lane) {
      const waiting = new WaitingChanges<Waiting>(this.weights, this.environment.WRITE_BATCH_MAX);
      lane = { waiting, pause: new BatchPause(), running: null };
      this.lanes.set(place, lane);
    }
    return lane;
  }

  private async run(lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      if (lane.pause.isDue(this.hasEnough(lane))) await lane.pause.wait();
      await this.commits.execute(() => this.commitNext(lane));
    }
    lane.running = null;
    if (this.running.length > 0) return;
    if (this.expiry) clearInterval(this.expiry);
    this.expiry = null;
  }

  private async commitNext({ waiting, pause }: Lane): Promise<void> {
    const batch = waiting.take();
    pause.noteBatch(batch.length);
    // Citus makes several statements of the one for watch time: it costs more there than the general way.
    const plain = this.placement.isOne ? plainWatchTime(batch) : [];
    const left = plain.length > 0 ? await this.addWatchTime(batch, plain) : batch;
    if (left.length > 0) await this.commit(left);
  }

  /** Whether the next batch is large enough without a pause. */
  private hasEnough({ waiting }: Lane): boolean {
    return waiting.length >= this.environment.WRITE_BATCH_MAX * ENOUGH_OF_BATCH;
  }

  private refuseExpired(): void {
    for (const { waiting } of this.lanes.values()) {
      for (const { reject } of waiting.takeExpired(performance.now())) {
        refused.inc({ cause: 'slow' });
        reject(new ServiceUnavailableError('overloaded'));
      }
    }
  }

  /**
   * Commits the plain watch time of a batch, by one statement. @returns the other changes, in their order, and those that
   * the statement did not make
   */
  private async addWatchTime(
    batch: readonly Waiting[],
    plain: readonly (Waiting & { change: AddWatchTimeChange })[],
  ): Promise<readonly Waiting[]> {
    let outcomes: (ChangeOutcome | null)[];
    try {
      outcomes = await commitWithRetries(plain.length, () =>
        this.watchTime.commit(plain.map(({ change }) => change)),
      );
    } catch (error) {
      // Nothing was committed. The general way finds out whose fault it is.
      if (isOneRowsFault(error) || isOfTwoPlaces(error)) return batch;
      for (const { reject } of plain) reject(error);
      outcomes = [];
    }
    const done = new Set<Waiting>(plain.filter((_, index) => outcomes[index] !== null));
    plain.forEach(({ resolve }, index) => {
      const outcome = outcomes[index];
      if (!outcome) return;
      this.weights.note(outcome.record);
      resolve(outcome);
    });
    return batch.filter((waiting) => !done.has(waiting));
  }

  /** Commits a batch. When it fails because of one row, it is halved until the failing change is alone. */
  private async commit(batch: readonly Waiting[]): Promise<void> {
    const changes = batch.map(({ change }) => change);
    let committed: BatchResult;
    try {
      committed = await commitWithRetries(changes.length, () => this.batches.commit(changes));
    } catch (error) {
      if (isOfTwoPlaces(error) && (await this.commitDivided(batch))) return;
      if (batch.length === 1 || !isOneRowsFault(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = batch.length >> 1;
      await this.commit(batch.slice(0, middle));
      await this.commit(batch.slice(middle));
      return;
    }
    batch.forEach(({ resolve, reject }, index) => {
      const result = committed.results[index]!;
      if (!result.ok) return reject(result.error);
      this.weights.note(result.outcome.record);
      resolve(result.outcome);
    });
    this.announce(committed.summary);
  }

  /** A shard may have been split since we read where they are. @returns whether that was it */
  private async commitDivided(batch: readonly Waiting[]): Promise<boolean> {
    try {
      await this.placement.refresh();
    } catch {
      return false;
    }
    const parts = this.placement.divide(
      batch.map((waiting) => ({ ...waiting, userId: waiting.change.userId })),
    );
    if (parts.length < 2) return false;
    for (const part of parts) await this.commit(part);
    return true;
  }

  private announce(summary: WriteSummary): void {
    for (const { userId, courseId } of summary.completedCourses) {
      this.logger.log({ msg: 'course completed', userId, courseId });
    }
    if (summary.outboxFilled) for (const listener of this.committed) listener(summary);
  }
}

/** Citus refuses to lock rows of two places by one statement. PostgreSQL by itself never answers so to ours. */
const isOfTwoPlaces = (error: unknown): boolean => sqlState(error) === '0A000';
