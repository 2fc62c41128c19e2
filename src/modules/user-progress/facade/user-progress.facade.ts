import { Injectable } from '@nestjs/common';
import { BadUserInputError, NotFoundError } from '../../../common/errors/service-error.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import { UserDirectoryService } from '../../user-directory/user-directory.service.js';
import type { ChangeOutcome } from '../changes/progress-change.js';
import type { BeatOutcome } from '../evidence/credit-beat.js';
import { SECONDS_PER_CALL_MAXIMUM } from '../evidence/limits.js';
import type { LessonKey } from '../lesson-key.js';
import type { ProgressRecord } from '../progress-record.js';
import { recordId } from '../record-id.js';
import { WriteQueue } from '../write/write-queue.service.js';
import type { CreateCommand, RecordWatchCommand, UpdateCommand } from './commands.js';

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
  async recordWatch(
    command: RecordWatchCommand,
  ): Promise<{ record: ProgressRecord; beats: BeatOutcome[] }> {
    const change = { kind: 'recordWatch' as const, ...command };
    try {
      return watched(await this.queue.submit(change));
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    const durationSeconds = await this.validate(command);
    return watched(await this.queue.submit({ ...change, create: { durationSeconds } }));
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

const watched = ({
  record,
  beats,
}: ChangeOutcome): { record: ProgressRecord; beats: BeatOutcome[] } => ({
  record,
  beats: beats ?? [],
});
