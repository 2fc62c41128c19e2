import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { COHORTS_COST, DAYS_COST, DROP_OFF_COST, HISTOGRAM_COST, LESSONS_COST } from './costs.js';
import { Cohort } from './cohort.dto.js';
import { DayFigures, PeriodFigures, WHOLE_DAYS, WholeDays } from './day-figures.dto.js';
import { DaysToComplete } from './days-to-complete.dto.js';
import { DropOff } from './drop-off.dto.js';
import { Figures } from './figures.dto.js';
import { LessonFigures } from './lesson-figures.dto.js';

const FEW = 'null for fewer than 20 learners.';
const FEW_COMPLETERS = 'for fewer completers than `ANALYTICS_MIN_GROUP`.';

@ObjectType({ description: 'What learners do in a course.' })
export class CourseAnalytics extends Figures {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;

  @Field(() => Boolean, {
    description:
      'Whether the course has changed and its learners are still being counted anew: completions may then be missing.',
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
    description: `Completers out of all learners, in percent, 0 to 100; ${FEW}`,
  })
  completion_rate: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `The same for those only who enrolled at least 30 days ago; ${FEW}`,
  })
  completion_rate_settled: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Within so many days of enrolling, half of the completers had completed the course, of an even number the quicker of the two in the middle; null ${FEW_COMPLETERS}`,
  })
  median_days_to_complete: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `And nine of ten of them; null ${FEW_COMPLETERS}`,
  })
  p90_days_to_complete: number | null;

  @Field(() => [DaysToComplete], {
    complexity: HISTOGRAM_COST,
    description: `How many took how many days; empty ${FEW_COMPLETERS}`,
  })
  days_to_complete: DaysToComplete[];

  @Field(() => Int, {
    description:
      'Learners who have not completed it, and were last active in it 14 to 90 days ago.',
  })
  at_risk: number;

  @Field(() => Int, {
    description:
      'Learners who have not completed it, and were last active in it more than 90 days ago.',
  })
  lost: number;

  @Field(() => Int, { description: 'Certificates that were issued for it.' })
  certificates_issued: number;

  @Field(() => Float, {
    description: 'Watch time of all its records, in seconds, with repetitions.',
  })
  watch_time_seconds: number;

  @Field(() => [LessonFigures], {
    complexity: LESSONS_COST,
    description:
      'Its lessons in their order, then former lessons that learners have a record in; 1,000 at most.',
  })
  lessons: LessonFigures[];

  @Field(() => DropOff, {
    nullable: true,
    complexity: DROP_OFF_COST,
    description:
      'The lesson that the largest share of its starters stopped in, of those that at least 20 learners and 5 % of the course’s learners started; null if nobody stopped in one.',
  })
  worst_drop_off: DropOff | null;

  @Field(() => [DayFigures], {
    complexity: DAYS_COST,
    description: 'The days of the period, in order, also those on which nothing happened.',
  })
  days: DayFigures[];

  @Field(() => PeriodFigures, { description: 'The period that was asked for.' })
  period: PeriodFigures;

  @Field(() => PeriodFigures, { description: 'As many days, right before it.' })
  period_before: PeriodFigures;

  @Field(() => WholeDays, { nullable: true, description: WHOLE_DAYS })
  whole_days: WholeDays | null;

  @Field(() => [Cohort], {
    complexity: COHORTS_COST,
    description:
      'Learners by the week in which they enrolled, for the weeks that the period touches. Weeks of few learners are joined to a neighbour; none is shown if all have fewer than `ANALYTICS_MIN_GROUP`.',
  })
  cohorts: Cohort[];
}

@ObjectType({ description: 'The figures of a course.' })
export class CourseAnalyticsResponse extends Answer {
  @Field(() => CourseAnalytics, { description: 'The figures.' })
  data: CourseAnalytics;
}
