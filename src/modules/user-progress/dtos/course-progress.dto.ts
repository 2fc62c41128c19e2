import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';

@ObjectType({ description: 'How far a learner is in a course.' })
export class CourseProgress {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Int, { description: 'Number of lessons that the course has now.' })
  total_lessons: number;

  @Field(() => Int, { description: 'How many of those the learner completed.' })
  completed_lessons: number;

  @Field(() => Float, {
    description:
      'Completed lessons out of all, 0 to 100, to two decimals; 0 for a course without lessons.',
  })
  progress_percentage: number;

  @Field(() => Int, { description: 'Total watch time in the course, in seconds.' })
  total_watch_time: number;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the learner first had completed every lesson; null before. It stays when lessons are added, reopened or deleted.',
  })
  completed_at: Date | null;
}

@ObjectType({ description: 'Course progress.' })
export class CourseProgressResponse extends Answer {
  @Field(() => CourseProgress, { description: 'How far the learner is.' })
  data: CourseProgress;
}
