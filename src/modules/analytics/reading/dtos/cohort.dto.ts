import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';

@ObjectType({ description: 'How many of a cohort completed the course within some weeks.' })
export class CompletedWithin {
  @Field(() => Int, {
    description: 'So many weeks after the day on which each of them enrolled: 1, 2, 4, 8 or 12.',
  })
  weeks: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many had completed it; null until these weeks have passed for all of them.',
  })
  learners: number | null;
}

@ObjectType({ description: 'The learners who enrolled in the same week, or in neighbouring ones.' })
export class Cohort {
  @Field(() => DateScalar, { description: 'The Monday of the week; of the first one.' })
  week: CalendarDay;

  @Field(() => DateScalar, {
    description: 'The Monday of the last week: the same unless weeks of few learners were joined.',
  })
  last_week: CalendarDay;

  @Field(() => Int, { description: 'How many learners these are.' })
  learners: number;

  @Field(() => [CompletedWithin], { description: 'How many of them completed the course.' })
  within: CompletedWithin[];
}
