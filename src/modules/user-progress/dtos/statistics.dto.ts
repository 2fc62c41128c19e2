import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';

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
