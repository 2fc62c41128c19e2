import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A lesson in which learners stop.' })
export class DropOff {
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Int, {
    description:
      'Learners whose latest activity in the course was in this lesson, at least 14 days ago, and who have not completed the course.',
  })
  stopped: number;

  @Field(() => Int, { description: 'Learners with a record in the lesson.' })
  started: number;
}
