import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { DAYS_COST, TOP_COURSES_COST } from './costs.js';
import { DayFigures, PeriodFigures, WHOLE_DAYS, WholeDays } from './day-figures.dto.js';
import { Figures } from './figures.dto.js';

@ObjectType({ description: 'A course that much was watched in.' })
export class TopCourse {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Float, {
    description: 'Seconds of media that were credited in it in the period, with repetitions.',
  })
  watch_time_seconds: number;

  @Field(() => Int, { description: 'Learners who began it in the period.' })
  enrolled: number;

  @Field(() => Int, { description: 'Learners who completed it in the period.' })
  courses_completed: number;
}

@ObjectType({ description: 'What learners do on the whole platform.' })
export class PlatformAnalytics extends Figures {
  @Field(() => PeriodFigures, { description: 'The period that was asked for.' })
  period: PeriodFigures;

  @Field(() => PeriodFigures, { description: 'As many days, right before it.' })
  period_before: PeriodFigures;

  @Field(() => WholeDays, { nullable: true, description: WHOLE_DAYS })
  whole_days: WholeDays | null;

  @Field(() => [DayFigures], {
    complexity: DAYS_COST,
    description: 'The days of the period, in order, also those on which nothing happened.',
  })
  days: DayFigures[];

  @Field(() => [TopCourse], {
    complexity: TOP_COURSES_COST,
    description: 'The ten courses in which most was watched in the period.',
  })
  top_courses: TopCourse[];
}

@ObjectType({ description: 'The figures of the platform.' })
export class PlatformAnalyticsResponse extends Answer {
  @Field(() => PlatformAnalytics, { description: 'The figures.' })
  data: PlatformAnalytics;
}
