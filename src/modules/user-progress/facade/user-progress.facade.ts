import { Injectable } from '@nestjs/common';
import { BadUserInputError, NotFoundError } from '../../../common/errors/service-error.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import { UserDirectoryService } from '../../user-directory/user-directory.service.js';
import { OtherHomeError } from '../changes/other-home.error.js';
import type { ChangeOutcome } from '../changes/progress-change.js';
import type { BeatOutcome } from '../evidence/credit-beat.js';
import { SECONDS_PER_CALL_MAXIMUM } from '../evidence/limits.js';
import type { LessonKey } from '../lesson-key.js';
import type { ProgressRecord } from '../progress-record.js';
import { recordId } from '../record-id.js';
import { WriteQueue } from '../write/write-queue.service.js';
import type { CreateCommand, RecordWatchCommand, UpdateCommand } from './commands.js';

/** What beats did: the record after them, and each beat's own result. */
interface Watched {
  record: ProgressRecord;
  beats: BeatOutcome[];
  /** The database's time, with which they were compared. */
  serverTime: Date;
}

/**
 * The rules of changing progress. Other services are asked first, while no transaction is open: a slow one would
 * otherwise hold locks. Then the change joins a batch (`WriteQueue`), whose transaction is `CommitBatchFacade`'s.
 */
@Injectable()
export class UserProgressFacade {
  constructor(
    private readonly queue: WriteQueue,
    private readonly catalog: CourseCatalogService,
    private readonly users: UserDirectoryService,
  ) {}

  /** @throws NotFoundError naming the user, course or lesson; ConflictError; ServiceUnavailableError */
  async create(command: CreateCommand): Promise<ProgressRecord> {
    const durationSeconds = await this.validate(command);
    const { record } = await this.queue.submit({ kind: 'create', ...command, durationSeconds });
    return record;
  }

  /** Sets the given values on the record of `key`, whose id must be `command.id`. */
  async update(key: LessonKey, command: UpdateCommand): Promise<ProgressRecord> {
    // A text that is not a record's id stays unchanged, so it matches no record.
    const id = recordId(command.id) ?? command.id;
    const { record } = await this.queue.submit({ kind: 'set', ...key, ...command, id });
    return record;
  }

  async complete(key: LessonKey): Promise<ProgressRecord> {
    const { record } = await this.queue.submit({ kind: 'set', ...key, completed: true });
    return record;
  }

  /** Adds seconds. With an idempotency key, a repeat within a day returns the first result and adds nothing. */
  async addWatchTime(
    key: LessonKey,
    seconds: number,
    idempotencyKey: string | undefined,
  ): Promise<ProgressRecord> {
    if (seconds < 1 || seconds > SECONDS_PER_CALL_MAXIMUM) {
      throw new BadUserInputError('secondsOutOfRange', {
        args: { maximum: SECONDS_PER_CALL_MAXIMUM },
      });
    }
    const { record } = await this.queue.submit({
      kind: 'addWatchTime',
      ...key,
      seconds,
      idempotencyKey,
    });
    return record;
  }

  async delete(key: LessonKey, id: string): Promise<ProgressRecord> {
    const { record } = await this.queue.submit({ kind: 'delete', ...key, id });
    return record;
  }

  /**
   * Counts each beat once. A known record needs no other service. Otherwise the lesson is validated as `create` does it,
   * and the first beat that counts creates the record.
   */
  async recordWatch(command: RecordWatchCommand): Promise<Watched> {
    const change = { kind: 'recordWatch' as const, ...command };
    try {
      return this.watched(await this.queue.submit(change));
    } catch (error) {
      if (error instanceof OtherHomeError) {
        const elsewhere = { lostBy: await this.checkElsewhere(command, error) };
        return this.watched(await this.queue.submit({ ...change, elsewhere }));
      }
      if (!(error instanceof NotFoundError)) throw error;
    }
    const durationSeconds = await this.validate(command);
    return this.watched(await this.queue.submit({ ...change, create: { durationSeconds } }));
  }

  /**
   * Checks that the lesson is in the named course, or was: it may be in several, and a player may have the former one
   * open while it moves.
   * @returns the record's home, if that is a course without a list that has lost the lesson
   */
  private async checkElsewhere(
    { courseId, lessonId }: RecordWatchCommand,
    refused: OtherHomeError,
  ): Promise<string | null> {
    if (!(await this.catalog.hasOrHadLesson(courseId, lessonId))) throw refused;
    return (await this.catalog.hasLost(refused.home, lessonId)) ? refused.home : null;
  }

  private watched({ record, beats, judgedAt }: ChangeOutcome): Watched {
    const { courseId, lessonId, durationSeconds } = record;
    if (durationSeconds === null) this.catalog.touchLesson(courseId, lessonId);
    return { record, beats: beats!, serverTime: judgedAt! };
  }

  /**
   * Checks that the user exists, and that the lesson is in the course. @returns the lesson's length in seconds, if
   * known
   */
  private async validate(target: LessonKey & { courseId: string }): Promise<number | null> {
    const [, { lesson }] = await Promise.all([
      this.users.requireUser(target.userId),
      this.catalog.requireLesson(target.courseId, target.lessonId),
    ]);
    return lesson?.durationSeconds ?? null;
  }
}
