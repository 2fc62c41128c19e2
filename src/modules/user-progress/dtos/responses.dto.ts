import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { PageInfo } from '../../../common/graphql/page-info.dto.js';
import { UserProgress } from './user-progress.dto.js';

@ObjectType({ description: 'A progress record.' })
export class UserProgressResponse extends Answer {
  @Field(() => UserProgress, { description: 'The record as it now is.' })
  data: UserProgress;
}

@ObjectType({ description: 'Where in a list of pages a page is.' })
export class PaginationInfo {
  @Field(() => Int, { description: 'Number of records that match, over all pages.' })
  totalItems: number;

  @Field(() => Int, { description: 'Number of pages of the asked size.' })
  totalPages: number;

  @Field(() => Int, { description: 'This page, counted from 1.' })
  currentPage: number;
}

@ObjectType({ description: 'One page of progress records, oldest first.' })
export class UserProgressListResponse extends Answer {
  @Field(() => [UserProgress], { description: 'The records of this page.' })
  items: UserProgress[];

  @Field(() => PaginationInfo, { description: 'Where this page is.' })
  pagination: PaginationInfo;
}

@ObjectType({ description: 'A record and the cursor behind it.' })
export class UserProgressEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this record.' })
  cursor: string;

  @Field(() => UserProgress, { description: 'The record.' })
  node: UserProgress;
}

@ObjectType({ description: 'Progress records, oldest first, to be walked by cursor (Relay).' })
export class UserProgressConnection extends Answer {
  @Field(() => [UserProgressEdge], { description: 'The records of this page.' })
  edges: UserProgressEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;
}

@ObjectType({ description: 'How far a learner is in a course.' })
export class CourseProgress {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

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
    description: 'When the learner first had completed every lesson; null before.',
  })
  completed_at: Date | null;
}

@ObjectType({ description: 'Course progress.' })
export class CourseProgressResponse extends Answer {
  @Field(() => CourseProgress, { description: 'How far the learner is.' })
  data: CourseProgress;
}

@ObjectType({ description: 'A learner’s totals over all courses.' })
export class UserProgressStats {
  @Field(() => Int, { description: 'Courses in which the learner has a record.' })
  total_courses_enrolled: number;

  @Field(() => Int, { description: 'Completed lessons.' })
  total_lessons_completed: number;

  @Field(() => Float, { description: 'Total watch time in hours, to two decimals.' })
  total_watch_time_hours: number;

  @Field(() => Float, {
    description: 'Total watch time in whole seconds, exact (a Float, since it may exceed 2³¹−1).',
  })
  total_watch_time_seconds: number;
}

@ObjectType({ description: 'A learner’s statistics.' })
export class UserProgressStatsResponse extends Answer {
  @Field(() => UserProgressStats, { description: 'The totals.' })
  data: UserProgressStats;
}

export enum BeatResultCode {
  COUNTED = 'COUNTED',
  DUPLICATE = 'DUPLICATE',
  CLIPPED = 'CLIPPED',
  REJECTED = 'REJECTED',
}

registerEnumType(BeatResultCode, {
  name: 'BeatResult',
  description: 'What became of a beat.',
  valuesMap: {
    COUNTED: { description: 'Credited in full.' },
    DUPLICATE: { description: 'This number of this session was counted before.' },
    CLIPPED: { description: 'Credited in part: as far as it is plausible.' },
    REJECTED: { description: 'Not credited; it may be sent again.' },
  },
});

@ObjectType('BeatOutcome', { description: 'What became of one beat.' })
export class BeatOutcomeDto {
  @Field(() => Int, { description: 'The beat’s number in its session.' })
  seq: number;

  @Field(() => BeatResultCode, { description: 'What became of it.' })
  result: `${BeatResultCode}`;

  @Field(() => Int, { description: 'Seconds added to the watch time.' })
  creditedSeconds: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was not credited in full: ALREADY_COUNTED, IN_THE_FUTURE, TOO_OLD, BEYOND_THE_END, FASTER_THAN_ALLOWED, CLOCK_ALREADY_CREDITED, SESSION_TOO_FRAGMENTED or WATCH_TIME_FULL.',
  })
  reason: string | null;
}

@ObjectType({ description: 'The record after its beats, and what became of each.' })
export class RecordWatchResponse extends Answer {
  @Field(() => UserProgress, { description: 'The record as it now is.' })
  data: UserProgress;

  @Field(() => [BeatOutcomeDto], {
    description: 'One entry a beat, in the order in which they were sent.',
  })
  beats: BeatOutcomeDto[];
}
