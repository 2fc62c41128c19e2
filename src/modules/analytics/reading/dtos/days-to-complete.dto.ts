import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'How many learners took so many days to complete a course.' })
export class DaysToComplete {
  @Field(() => Int, {
    description:
      'Days from the day of enrolling to that of completing; 365 stands for 365 and more.',
  })
  days: number;

  @Field(() => Int, { description: 'How many learners took that long.' })
  learners: number;
}
