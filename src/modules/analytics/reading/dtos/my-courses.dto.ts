import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';
import { PageInfo } from '../../../../common/graphql/page-info.dto.js';
import { DROP_OFF_COST, WEEKS_COST } from './costs.js';
import { DropOff } from './drop-off.dto.js';
import { VERSION } from './figures.dto.js';

@ObjectType({ description: 'What learners did in a course in one week.' })
export class WeekFigures {
  @Field(() => DateScalar, { description: 'Its Monday.' })
  week: CalendarDay;

  @Field(() => Int, { description: 'Learners who began the course in it.' })
  enrolled: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Seconds of media that were credited in it, with repetitions; null if it begins before `since`.',
  })
  watch_time_seconds: number | null;
}

@ObjectType({ description: 'The headline figures of a course.' })
export class CourseSummary {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Boolean, {
    description: 'Whether the course has changed and its learners are still being counted anew.',
  })
  being_evaluated: boolean;

  @Field(() => Int, {
    description: 'Learners of the course: with a record in it, or who completed it.',
  })
  learners: number;

  @Field(() => Int, { description: 'How many of them completed it.' })
  completers: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Completers out of all learners, in percent, 0 to 100; null for fewer than 20 learners.',
  })
  completion_rate: number | null;

  @Field(() => Int, {
    description:
      'Learners who have not completed it, and were last active in it 14 to 90 days ago.',
  })
  at_risk: number;

  @Field(() => DropOff, {
    nullable: true,
    complexity: DROP_OFF_COST,
    description:
      'The lesson that the largest share of its starters stopped in, of those that at least 20 learners and 5 % of the course’s learners started; null if nobody stopped in one.',
  })
  worst_drop_off: DropOff | null;

  @Field(() => [WeekFigures], {
    complexity: WEEKS_COST,
    description: 'The last eight weeks, in order; the last of them is the present one.',
  })
  weeks: WeekFigures[];
}

@ObjectType({ description: 'A course and the cursor behind it.' })
export class CourseSummaryEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this course.' })
  cursor: string;

  @Field(() => CourseSummary, { description: 'The course.' })
  node: CourseSummary;
}

@ObjectType({ description: 'Courses with their figures, to be walked by cursor (Relay).' })
export class MyCoursesConnection extends Answer {
  @Field(() => [CourseSummaryEdge], { description: 'The courses of this page.' })
  edges: CourseSummaryEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;

  @Field(() => Date, {
    description: 'Everything that was recorded before this moment is in the figures.',
  })
  as_of: Date;

  @Field(() => String, { description: VERSION })
  version: string;

  @Field(() => String, { description: 'The zone of all days, by its IANA name.' })
  time_zone: string;

  @Field(() => DateScalar, { description: 'Activity is known from this day on.' })
  since: CalendarDay;
}
