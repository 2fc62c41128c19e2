import { Field, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { UserProgress } from './user-progress.dto.js';

@ObjectType({ description: 'A progress record.' })
export class UserProgressResponse extends Answer {
  @Field(() => UserProgress, { description: 'The record as it now is.' })
  data: UserProgress;
}
