import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from 'rxjs';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { OutboxDispatcher } from '../outbox/outbox-dispatcher.service.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import type { Evaluation } from './evaluation.js';
import { evaluatedLearners, observeEvaluations } from './evaluation.metrics.js';
import { EvaluationPace } from './evaluation-pace.js';
import {
  EvaluateLearnersFacade,
  type EvaluatedLearners,
} from './facade/evaluate-learners.facade.js';
import { CourseEvaluationProxy } from './proxy/course-evaluation.proxy.js';

/** After so many batches another course gets its turn: a small one need not wait for one with a million learners. */
const BATCHES_A_TURN = 20;
/** A transaction of the write path, from its first statement to its commit, lasts no longer than so many statements. */
const STATEMENTS_A_TRANSACTION = 2;

/**
 * Evaluates the learners of courses whose structure changed, in the background. Each process is at one course at a
 * time, under a lease; how far it came is noted with each batch, so that another can go on where it was killed.
 */
@Injectable()
export class CourseEvaluator implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CourseEvaluator.name);
  private readonly pace: EvaluationPace;
  private readonly settleSeconds: number;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private changes: Subscription | undefined;
  private nudged = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly facade: EvaluateLearnersFacade,
    private readonly catalog: CourseCatalogService,
    private readonly dispatcher: OutboxDispatcher,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.pace = new EvaluationPace(environment.COURSE_EVALUATION_BATCH);
    this.settleSeconds = (environment.DB_STATEMENT_TIMEOUT_MS * STATEMENTS_A_TRANSACTION) / 1_000;
  }

  onApplicationBootstrap(): void {
    observeEvaluations(
      () => this.proxy.pending(),
      (error) => this.logger.warn({ msg: 'pending evaluations were not counted', err: error }),
    );
    this.changes = this.catalog.structureChanges.subscribe(() => this.nudge());
    this.running = this.run();
  }

  /** Finishes the batch that is under way, and leaves the course to another process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.changes?.unsubscribe();
    this.stopping.abort();
    this.nudge();
    await this.running;
  }

  private nudge(): void {
    this.nudged = true;
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.nudged = false;
      try {
        if (await this.turn()) continue;
      } catch (error) {
        this.pace.shrink();
        this.logger.error({ msg: 'course was not evaluated', err: error });
      }
      if (!this.nudged) await this.pause(this.environment.COURSE_EVALUATION_POLL_MS);
    }
  }

  /** Some batches of one course. @returns false when there was nothing to do. */
  private async turn(): Promise<boolean> {
    let evaluation = await this.proxy.claim(this.environment.COURSE_EVALUATION_LEASE_SECONDS);
    if (!evaluation) return false;
    for (let batch = 0; batch < BATCHES_A_TURN && !this.stopping.signal.aborted; batch += 1) {
      const begunAt = performance.now();
      const evaluated = await this.facade.evaluate(evaluation, this.pace.learners);
      const tookMs = performance.now() - begunAt;
      this.tell(evaluation, evaluated);
      if (!evaluated.next) return true;
      evaluation = evaluated.next;
      if (evaluated.last) {
        await this.end(evaluation);
        return true;
      }
      await this.rest(this.pace.rest(evaluated.recounted, tookMs));
    }
    await this.proxy.release(evaluation);
    return true;
  }

  private async end(evaluation: Evaluation): Promise<void> {
    if (!(await this.proxy.endWalk(evaluation, this.settleSeconds))) return;
    const { courseId, structureVersion } = evaluation;
    this.logger.log({ msg: 'course evaluated', courseId, structureVersion });
  }

  private tell({ courseId }: Evaluation, evaluated: EvaluatedLearners): void {
    evaluatedLearners.inc(evaluated.recounted);
    if (evaluated.completed > 0) {
      const { completed } = evaluated;
      this.logger.log({ msg: 'course completed by its change', courseId, learners: completed });
    }
    if (evaluated.outboxFilled) this.dispatcher.nudge();
  }

  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  /** Waits for the time, jittered, or for a nudge. */
  private async pause(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds * (0.75 + Math.random() / 2));
    });
    clearTimeout(timer);
    this.wake = () => undefined;
  }
}
