import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { PageInfo } from '../../../common/graphql/page-info.dto.js';

@ObjectType({ description: 'A lesson that the course service no longer lists; it still counts.' })
export class MissingCourseLesson {
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { nullable: true, description: 'Title of the lesson, where it is known.' })
  title: string | null;

  @Field(() => Date, { description: 'When it was first missed.' })
  missing_since: Date;
}

@ObjectType({
  description:
    'A course of which its service told less than before. What is missing counts until a second look confirms that.',
})
export class ShrunkCourse {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Title of the course, where it is known.' })
  title: string | null;

  @Field(() => Int, {
    description:
      'Number of lessons that count; 0: a first number of 1 is not confirmed, nobody completes the course.',
  })
  total_lessons: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of lessons that waits to be confirmed; null where only lessons of the list do.',
  })
  told_lessons: number | null;

  @Field(() => Int, { description: 'How many lessons are no longer listed.' })
  missing_lessons: number;

  @Field(() => [MissingCourseLesson], {
    description: 'These lessons, in the order of the course: the first 100 of them.',
  })
  lessons: MissingCourseLesson[];

  @Field(() => Date, { description: 'When a process first saw it.' })
  seen_at: Date;

  @Field(() => String, { description: 'The host of that process.' })
  seen_by: string;

  @Field(() => Date, { description: 'When the course service is asked again.' })
  next_look_at: Date;
}

@ObjectType({ description: 'A course that waits, and the cursor behind it.' })
export class ShrunkCourseEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this course.' })
  cursor: string;

  @Field(() => ShrunkCourse, { description: 'The course.' })
  node: ShrunkCourse;
}

@ObjectType({ description: 'Courses that wait, by id, to be walked by cursor (Relay).' })
export class ShrunkCourseConnection extends Answer {
  @Field(() => [ShrunkCourseEdge], { description: 'The courses of this page.' })
  edges: ShrunkCourseEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;
}
