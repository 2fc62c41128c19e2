import { Field, InputType, Int } from '@nestjs/graphql';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { SECONDS_MAXIMUM } from '../evidence/limits.js';

@InputType({ description: 'New values of a progress record; what is left out stays.' })
export class UpdateUserProgressInput {
  @IsString()
  @MaxLength(64)
  @Field(() => String, { description: 'Id of the record (UUID, or the ULID that it had before).' })
  id: string;

  @IsOptional()
  @IsBoolean()
  @Field(() => Boolean, { nullable: true, description: 'Completes or reopens the lesson.' })
  completed?: boolean | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(SECONDS_MAXIMUM)
  @Field(() => Int, { nullable: true, description: 'Replaces the total watch time, in seconds.' })
  watch_time_seconds?: number | null;
}
