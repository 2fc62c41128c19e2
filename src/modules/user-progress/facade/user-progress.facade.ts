import { Injectable } from '@nestjs/common';
import { BadUserInputError, NotFoundError } from '../../../common/errors/service-error.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import { UserDirectoryService } from '../../user-directory/user-directory.service.js';
import type { ChangeOutcome } from '../changes/progress-change.js';
import type { BeatOutcome } from '../evidence/credit-beat.js';
import type { CreateUserProgressInput } from '../inputs/create-user-progress.input.js';
import { SECONDS_PER_CALL_MAXIMUM } from '../inputs/limits.js';
import type { RecordWatchInput } from '../inputs/record-watch.input.js';
import type { UpdateUserProgressInput } from '../inputs/update-user-progress.input.js';
import type { ProgressRecord } from '../progress-record.js';
import { WriteQueue } from '../write/write-queue.service.js';

/** A record's natural key. */
export interface LessonKey {
  userId: string;
  lessonId: string;
}

/**
 * The rules of changing progress. Peers are asked first, with no transaction open; then the change joins a batch
 * (`WriteQueue`), whose transaction is declared on `CommitBatchFacade`.
 */
@Injectable()
export class UserProgressFacade {
  constructor(
    private readonly queue: WriteQueue,
    private readonly catalog: CourseCatalogService,
    private readonly users: UserDirectoryService,
  ) {}

  /** @throws NotFoundError naming the user, course or lesson; ConflictError; ServiceUnavailableError */
  async create(input: CreateUserProgressInput): Promise<ProgressRecord> {
    const durationSeconds = await this.validate(input);
    const { record } = await this.queue.submit({
      kind: 'create',
      userId: input.userId,
      lessonId: input.lessonId,
      courseId: input.courseId,
      completed: input.completed ?? false,
      watchTimeSeconds: input.watch_time_seconds ?? 0,
      durationSeconds,
    });
    return record;
  }

  /** Sets what is given on the record of `key`, which must be `input.id`. */
  async update(key: LessonKey, input: UpdateUserProgressInput): Promise<ProgressRecord> {
    const { record } = await this.queue.submit({
      kind: 'set',
      ...key,
      id: input.id.toLowerCase(),
      completed: input.completed ?? undefined,
      watchTimeSeconds: input.watch_time_seconds ?? undefined,
    });
    return record;
  }

  async complete(key: LessonKey): Promise<ProgressRecord> {
    const { record } = await this.queue.submit({ kind: 'set', ...key, completed: true });
    return record;
  }

  /** Adds seconds. With a key, a repeat within a day gives the first result and adds nothing. */
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
   * Counts beats, once each. A known record needs no peer; the first beat of a lesson creates its record and
   * validates it as `create` does.
   */
  async recordWatch(
    input: RecordWatchInput,
  ): Promise<{ record: ProgressRecord; beats: BeatOutcome[] }> {
    if (input.beats.some(({ from, to }) => from > to || to - from > SECONDS_PER_CALL_MAXIMUM)) {
      throw new BadUserInputError('beatMalformed', { args: { maximum: SECONDS_PER_CALL_MAXIMUM } });
    }
    const change = {
      kind: 'recordWatch' as const,
      userId: input.userId,
      lessonId: input.lessonId,
      courseId: input.courseId,
      sessionId: input.sessionId,
      beats: input.beats,
    };
    try {
      return watched(await this.queue.submit(change));
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    const durationSeconds = await this.validate(input);
    return watched(await this.queue.submit({ ...change, create: { durationSeconds } }));
  }

  /** That the user exists, and the lesson in the course. @returns the lesson's length in seconds, where it is known */
  private async validate(
    target: Pick<CreateUserProgressInput, 'userId' | 'courseId' | 'lessonId'>,
  ): Promise<number | null> {
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
