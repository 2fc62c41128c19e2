import { Field, InputType, Int } from '@nestjs/graphql';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId } from '../../../common/graphql/id.js';
import { SECONDS_MAXIMUM } from '../evidence/limits.js';

@InputType({ description: 'A new progress record.' })
export class CreateUserProgressInput {
  @IsId()
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @IsId()
  @Field(() => String, { description: 'The lesson; it must belong to the course.' })
  lessonId: string;

  @IsId()
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @IsOptional()
  @IsBoolean()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is completed already; false if left out.',
  })
  completed?: boolean | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(SECONDS_MAXIMUM)
  @Field(() => Int, { nullable: true, description: 'Seconds watched already; 0 if left out.' })
  watch_time_seconds?: number | null;
}
