import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A stretch of a lesson that was seen.' })
export class WatchedRange {
  @Field(() => Int, { description: 'First second, from the start of the lesson.' })
  from: number;

  @Field(() => Int, { description: 'Second after the last one, from the start of the lesson.' })
  to: number;
}
