import { Field, InputType } from '@nestjs/graphql';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsId } from '../../../common/graphql/id.js';

@InputType({ description: 'Which records are meant: those for which everything given holds.' })
export class UserProgressFilterInput {
  @IsOptional()
  @IsId()
  @Field(() => String, { nullable: true, description: 'Of this learner.' })
  userId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => String, { nullable: true, description: 'Of this lesson.' })
  lessonId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => String, { nullable: true, description: 'In this course.' })
  courseId?: string | null;

  @IsOptional()
  @IsBoolean()
  @Field(() => Boolean, { nullable: true, description: 'Completed, or not completed.' })
  completed?: boolean | null;
}
