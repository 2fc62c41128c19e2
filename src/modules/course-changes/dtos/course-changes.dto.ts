import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';

@ObjectType({ description: 'A course as its service last told it.' })
export class StoredCourseInfo {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Title of the course, where it is known.' })
  title: string | null;

  @Field(() => Int, {
    description: 'Number of lessons that it has now; 0 where that is not known.',
  })
  total_lessons: number;

  @Field(() => Int, { description: 'Grows by one at each change of the lessons, from 1.' })
  structure_version: number;

  @Field(() => Int, {
    description:
      'How many of these the course service does not tell any more; they count until a second look confirms that.',
  })
  waiting_lessons: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When that look is due; null when nothing waits to be confirmed.',
  })
  next_look_at: Date | null;

  @Field(() => Date, { description: 'When the course service was asked.' })
  fetched_at: Date;
}

@ObjectType({ description: 'A course.' })
export class RefreshCourseResponse extends Answer {
  @Field(() => StoredCourseInfo, { description: 'The course as it is now stored.' })
  data: StoredCourseInfo;
}

@ObjectType({ description: 'What storing the course as its service tells it now would mean.' })
export class CourseChangePreview {
  @Field(() => Int, { description: 'Number of lessons that the stored course does not have.' })
  added_lessons: number;

  @Field(() => Int, { description: 'Number of lessons that only the stored course has.' })
  removed_lessons: number;

  @Field(() => Int, { description: 'Number of learners with a record in the course.' })
  learners: number;

  @Field(() => Int, {
    description: 'How many of them would complete the course, and get a certificate.',
  })
  learners_completing: number;

  @Field(() => Int, { description: 'How many of them would have another percentage.' })
  percentages_moving: number;

  @Field(() => Int, {
    description:
      'For how many seconds lessons that are missing still count, until a second look confirms that; 0 where nothing is missing, or is removed at once.',
  })
  removals_count_for_seconds: number;
}

@ObjectType({ description: 'A preview of a course’s change.' })
export class CourseChangePreviewResponse extends Answer {
  @Field(() => CourseChangePreview, { description: 'The preview.' })
  data: CourseChangePreview;
}
