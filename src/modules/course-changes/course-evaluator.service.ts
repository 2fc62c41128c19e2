import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job, Progress } from '../../common/background/job.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { OutboxDispatcher } from '../outbox/outbox-dispatcher.service.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import type { Evaluation } from './evaluation.js';
import { evaluatedLearners, observeEvaluations } from './evaluation.metrics.js';
import { EvaluationPace } from './evaluation-pace.js';
import { EvaluateLearnersFacade } from './facade/evaluate-learners.facade.js';
import type { Evaluated } from './facade/evaluated.js';
import { ReconcileRecordsFacade } from './facade/reconcile-records.facade.js';
import { longestTransactionSeconds } from './longest-transaction.js';
import { CourseEvaluationProxy } from './proxy/course-evaluation.proxy.js';

/**
 * After this many batches, another course gets its turn: a small course need not wait for one with a million learners.
 */
const BATCHES_A_TURN = 20;
/** To reconcile a record takes about as long as to count so many learners anew. */
const LEARNERS_A_RECORD = 5;

/**
 * Evaluates courses whose structure changed, in the background: first the records of changed lessons, then the learners.
 * Each process works on one course at a
 * time, under a lease. Each batch stores its position, so that another process can continue after a crash.
 */
@Injectable()
export class CourseEvaluator implements OnApplicationBootstrap {
  private readonly logger = new Logger(CourseEvaluator.name);
  private readonly learnersPace: EvaluationPace;
  private readonly recordsPace: EvaluationPace;
  private readonly settleSeconds: number;
  private readonly job: Job;

  constructor(
    background: BackgroundJobs,
    private readonly proxy: CourseEvaluationProxy,
    private readonly learners: EvaluateLearnersFacade,
    private readonly records: ReconcileRecordsFacade,
    private readonly catalog: CourseCatalogService,
    private readonly dispatcher: OutboxDispatcher,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.job = background.task({
      name: 'course-evaluation',
      everyMs: environment.COURSE_EVALUATION_POLL_MS,
      run: (signal) => this.evaluate(signal),
      failure: { level: 'error', msg: 'course was not evaluated' },
    });
    const { COURSE_EVALUATION_BATCH } = environment;
    this.learnersPace = new EvaluationPace(COURSE_EVALUATION_BATCH);
    this.recordsPace = new EvaluationPace(Math.ceil(COURSE_EVALUATION_BATCH / LEARNERS_A_RECORD));
    this.settleSeconds = longestTransactionSeconds(environment);
  }

  onApplicationBootstrap(): void {
    observeEvaluations(
      () => this.proxy.pending(),
      (error) => this.logger.warn({ msg: 'pending evaluations were not counted', err: error }),
    );
    this.catalog.structureChanges.subscribe(() => this.job.nudge());
    this.job.nudge();
  }

  private async evaluate(signal: AbortSignal): Promise<Progress> {
    try {
      return await this.turn(signal);
    } catch (error) {
      this.learnersPace.shrink();
      this.recordsPace.shrink();
      throw error;
    }
  }

  /**
   * Evaluates some batches of one course. When the process stops, it finishes only the current batch; another process
   * continues.
   */
  private async turn(signal: AbortSignal): Promise<Progress> {
    const claimed = await this.proxy.claim(this.environment.COURSE_EVALUATION_LEASE_SECONDS);
    if (!claimed) return 'done';
    let evaluation = claimed;
    for (let batch = 0; batch < BATCHES_A_TURN && !signal.aborted; batch += 1) {
      const begunAt = performance.now();
      const facade = evaluation.records ? this.records : this.learners;
      const pace = evaluation.records ? this.recordsPace : this.learnersPace;
      const evaluated = await facade.evaluate(evaluation, pace.learners);
      const tookMs = performance.now() - begunAt;
      this.tell(evaluation, evaluated);
      if (!evaluated.next) return 'more';
      evaluation = evaluated.next;
      if (evaluated.last) {
        await this.end(evaluation);
        return 'more';
      }
      await rest(pace.rest(evaluated.recounted, tookMs), signal);
    }
    await this.proxy.release(evaluation);
    return 'more';
  }

  private async end(evaluation: Evaluation): Promise<void> {
    if (!(await this.proxy.endWalk(evaluation, this.settleSeconds))) return;
    const { courseId, structureVersion } = evaluation;
    this.logger.log({ msg: 'course evaluated', courseId, structureVersion });
  }

  private tell({ courseId, records }: Evaluation, evaluated: Evaluated): void {
    if (!records) evaluatedLearners.inc(evaluated.recounted);
    if (evaluated.completed > 0) {
      const { completed } = evaluated;
      this.logger.log({ msg: 'course completed by its change', courseId, learners: completed });
    }
    if (evaluated.outboxFilled) this.dispatcher.nudge();
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
