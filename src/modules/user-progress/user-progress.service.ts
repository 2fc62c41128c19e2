import { Injectable } from '@nestjs/common';
import { ForbiddenError, NotFoundError } from '../../common/errors/service-error.js';
import { answer } from '../../common/graphql/answers.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Operation } from '../auth/access-table.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { RecordWatchResponse } from './dtos/record-watch.dto.js';
import type { UserProgressResponse } from './dtos/user-progress-response.dto.js';
import { UserProgress } from './dtos/user-progress.dto.js';
import { UserProgressFacade } from './facade/user-progress.facade.js';
import type { CreateUserProgressInput } from './inputs/create-user-progress.input.js';
import type { RecordWatchInput } from './inputs/record-watch.input.js';
import type { UpdateUserProgressInput } from './inputs/update-user-progress.input.js';
import type { LessonKey } from './lesson-key.js';
import { ProgressLoaders } from './progress-loaders.js';
import type { ProgressRecord } from './progress-record.js';
import { recordId } from './record-id.js';

/** Progress records for those who may see or change them. Every method asks the access policy first. */
@Injectable()
export class UserProgressService {
  constructor(
    private readonly facade: UserProgressFacade,
    private readonly loaders: ProgressLoaders,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
  ) {}

  async create(asker: Asker, input: CreateUserProgressInput): Promise<UserProgressResponse> {
    await this.policy.authorize(asker.identity, 'createUserProgress', input);
    const record = await this.facade.create({
      userId: input.userId,
      lessonId: input.lessonId,
      courseId: input.courseId,
      completed: input.completed ?? false,
      watchTimeSeconds: input.watch_time_seconds ?? 0,
    });
    return answer(this.messages, asker, 'progressCreated', { data: new UserProgress(record) }, 201);
  }

  async update(asker: Asker, input: UpdateUserProgressInput): Promise<UserProgressResponse> {
    const record = await this.findPermitted(asker, 'updateUserProgress', input.id);
    return this.respondUpdated(asker, keyOf(record), input);
  }

  async updateByLesson(
    asker: Asker,
    key: LessonKey,
    input: UpdateUserProgressInput,
  ): Promise<UserProgressResponse> {
    await this.policy.authorize(asker.identity, 'updateUserProgressByUserAndLesson', key);
    return this.respondUpdated(asker, key, input);
  }

  async delete(asker: Asker, id: string): Promise<UserProgressResponse> {
    const record = await this.findPermitted(asker, 'deleteUserProgress', id);
    const deleted = await this.facade.delete(keyOf(record), record.id);
    return this.respond(asker, 'progressDeleted', deleted);
  }

  async complete(asker: Asker, key: LessonKey): Promise<UserProgressResponse> {
    await this.policy.authorize(asker.identity, 'markLessonAsCompleted', key);
    return this.respond(asker, 'lessonCompleted', await this.facade.complete(key));
  }

  async addWatchTime(
    asker: Asker,
    key: LessonKey,
    seconds: number,
    idempotencyKey: string | null,
  ): Promise<UserProgressResponse> {
    await this.policy.authorize(asker.identity, 'updateLessonWatchTime', key);
    const record = await this.facade.addWatchTime(key, seconds, idempotencyKey ?? undefined);
    return this.respond(asker, 'watchTimeAdded', record);
  }

  async recordWatch(asker: Asker, input: RecordWatchInput): Promise<RecordWatchResponse> {
    await this.policy.authorize(asker.identity, 'recordWatch', input);
    const { record, ...watched } = await this.facade.recordWatch({
      userId: input.userId,
      lessonId: input.lessonId,
      courseId: input.courseId,
      sessionId: input.sessionId,
      beats: input.beats,
    });
    return answer(this.messages, asker, 'watchRecorded', {
      data: new UserProgress(record),
      ...watched,
    });
  }

  async find(asker: Asker, id: string): Promise<UserProgressResponse> {
    const record = await this.findPermitted(asker, 'userProgress', id);
    return this.respond(asker, 'progressFound', record);
  }

  /** An instructor may see records of their own courses. Only the record says which course it is, so read it first. */
  async findByLesson(asker: Asker, key: LessonKey): Promise<UserProgressResponse> {
    const operation = 'userProgressByUserAndLesson';
    const directly = await this.policy.permits(asker.identity, operation, key);
    const record = await this.loaders.of(asker.loaders).recordByLesson.load(key);
    if (!directly && !(record && (await this.policy.permits(asker.identity, operation, record)))) {
      throw new ForbiddenError();
    }
    if (!record) throw new NotFoundError('progressNotFound');
    return this.respond(asker, 'progressFound', record);
  }

  /** A record that the asker may not see counts as not found: otherwise the error would show which ids exist. */
  private async findPermitted(
    asker: Asker,
    operation: Operation,
    given: string,
  ): Promise<ProgressRecord> {
    const id = recordId(given);
    const record = id === null ? null : await this.loaders.of(asker.loaders).record.load(id);
    if (!record || !(await this.policy.permits(asker.identity, operation, record))) {
      throw new NotFoundError('progressNotFound');
    }
    return record;
  }

  private async respondUpdated(
    asker: Asker,
    key: LessonKey,
    input: UpdateUserProgressInput,
  ): Promise<UserProgressResponse> {
    const record = await this.facade.update(key, {
      id: input.id,
      completed: input.completed ?? undefined,
      watchTimeSeconds: input.watch_time_seconds ?? undefined,
    });
    return this.respond(asker, 'progressUpdated', record);
  }

  private respond(asker: Asker, message: string, record: ProgressRecord): UserProgressResponse {
    return answer(this.messages, asker, message, { data: new UserProgress(record) });
  }
}

const keyOf = ({ userId, lessonId }: LessonKey): LessonKey => ({ userId, lessonId });
