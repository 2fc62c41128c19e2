import { Field, Float, Int, ObjectType } from '@nestjs/graphql';

const FEW = 'null for fewer than 20 learners.';

@ObjectType({ description: 'What learners did in a lesson.' })
export class LessonFigures {
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Boolean, {
    description: 'Whether the course still has the lesson. Others come last: former lessons.',
  })
  listed: boolean;

  @Field(() => Int, { nullable: true, description: 'Its length in seconds, where it is known.' })
  duration_seconds: number | null;

  @Field(() => Int, { description: 'Learners with a record in the lesson.' })
  started: number;

  @Field(() => Int, { description: 'How many of them completed it.' })
  completed: number;

  @Field(() => Int, {
    description:
      'Learners whose latest activity in the course was in this lesson, at least 14 days ago, and who have not completed the course.',
  })
  stopped: number;

  @Field(() => Float, {
    nullable: true,
    description: `How much of the lesson its learners saw on average, in percent of its length, 0 to 100; null if that is not known, and ${FEW}`,
  })
  average_coverage: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `How many of its learners saw second 30, in percent, 0 to 100; null if the lesson is shorter, and ${FEW}`,
  })
  intro_hold: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Seconds that were seen again for each second that was seen the first time, over all its learners: 0.25, not 25 %, and it may exceed 1; null if none was, and ${FEW}`,
  })
  rewatch_ratio: number | null;

  @Field(() => Float, {
    description: 'Watch time of its records, in seconds, with repetitions.',
  })
  watch_time_seconds: number;
}
