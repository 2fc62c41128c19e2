import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { RecordWatchResponse } from './dtos/record-watch.dto.js';
import { UserProgressResponse } from './dtos/user-progress-response.dto.js';
import { CreateUserProgressInput } from './inputs/create-user-progress.input.js';
import { IdempotencyKeyPipe } from './inputs/idempotency-key.pipe.js';
import { RecordWatchInput } from './inputs/record-watch.input.js';
import { UpdateUserProgressInput } from './inputs/update-user-progress.input.js';
import { UserProgressService } from './user-progress.service.js';

/** Records: one learner in one lesson. */
@Resolver()
export class UserProgressResolver {
  constructor(private readonly service: UserProgressService) {}

  @Mutation(() => UserProgressResponse, {
    description:
      'Begins a record. The user, the course and the lesson in it must exist; the record must not.',
  })
  createUserProgress(
    @CurrentAsker() asker: Asker,
    @Args('createUserProgressInput', { description: 'The new record.' })
    input: CreateUserProgressInput,
  ): Promise<UserProgressResponse> {
    return this.service.create(asker, input);
  }

  @Mutation(() => UserProgressResponse, { description: 'Sets what is given on a record.' })
  updateUserProgress(
    @CurrentAsker() asker: Asker,
    @Args('updateUserProgressInput', { description: 'The record and its new values.' })
    input: UpdateUserProgressInput,
  ): Promise<UserProgressResponse> {
    return this.service.update(asker, input);
  }

  @Mutation(() => UserProgressResponse, {
    description:
      'Sets what is given on the record of a learner and lesson, which must be the one with `input.id`.',
  })
  updateUserProgressByUserAndLesson(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('lessonId', { type: () => String, description: 'The lesson.' }, IdPipe) lessonId: string,
    @Args('updateUserProgressInput', { description: 'The record and its new values.' })
    input: UpdateUserProgressInput,
  ): Promise<UserProgressResponse> {
    return this.service.updateByLesson(asker, { userId, lessonId }, input);
  }

  @Mutation(() => UserProgressResponse, {
    description: 'Deletes a record. A later create begins it anew, under the same id.',
  })
  deleteUserProgress(
    @CurrentAsker() asker: Asker,
    @Args('id', { type: () => ID, description: 'Id of the record.' }) id: string,
  ): Promise<UserProgressResponse> {
    return this.service.delete(asker, id);
  }

  @Mutation(() => UserProgressResponse, {
    description:
      'Completes a lesson. The last one of a course completes the course, and its certificate is requested.',
  })
  markLessonAsCompleted(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('lessonId', { type: () => String, description: 'The lesson.' }, IdPipe) lessonId: string,
  ): Promise<UserProgressResponse> {
    return this.service.complete(asker, { userId, lessonId });
  }

  @Mutation(() => UserProgressResponse, {
    description: 'Adds watch time to a record. Nothing checks it; a player should use recordWatch.',
  })
  updateLessonWatchTime(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('lessonId', { type: () => String, description: 'The lesson.' }, IdPipe) lessonId: string,
    @Args('seconds', { type: () => Int, description: 'Seconds to add, 1 to 86400.' })
    seconds: number,
    @Args(
      'idempotencyKey',
      {
        type: () => String,
        nullable: true,
        description:
          'Up to 128 characters. A repeat within a day gives the first result and adds nothing; with other arguments it is a CONFLICT.',
      },
      IdempotencyKeyPipe,
    )
    idempotencyKey: string | null,
  ): Promise<UserProgressResponse> {
    return this.service.addWatchTime(asker, { userId, lessonId }, seconds, idempotencyKey);
  }

  @Mutation(() => RecordWatchResponse, {
    description:
      'Counts what a player played: each beat once, as far as it is plausible. The first beat of a lesson begins its record; enough coverage completes the lesson.',
  })
  recordWatch(
    @CurrentAsker() asker: Asker,
    @Args('input', { description: 'The beats.' }) input: RecordWatchInput,
  ): Promise<RecordWatchResponse> {
    return this.service.recordWatch(asker, input);
  }

  @Query(() => UserProgressResponse, { description: 'A record by its id.' })
  userProgress(
    @CurrentAsker() asker: Asker,
    @Args('id', { type: () => ID, description: 'Id of the record.' }) id: string,
  ): Promise<UserProgressResponse> {
    return this.service.find(asker, id);
  }

  @Query(() => UserProgressResponse, { description: 'The record of a learner and a lesson.' })
  userProgressByUserAndLesson(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('lessonId', { type: () => String, description: 'The lesson.' }, IdPipe) lessonId: string,
  ): Promise<UserProgressResponse> {
    return this.service.findByLesson(asker, { userId, lessonId });
  }
}
