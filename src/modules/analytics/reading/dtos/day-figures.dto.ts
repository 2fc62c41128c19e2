import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';

const UNKNOWN = 'null before `since`.';

@ObjectType({ description: 'The figures of one day, in the zone `time_zone`.' })
export class DayFigures {
  @Field(() => DateScalar, { description: 'The day.' })
  day: CalendarDay;

  @Field(() => Int, {
    description:
      'Learners who began the course on this day; for the platform, each counted once for each course.',
  })
  enrolled: number;

  @Field(() => Int, {
    nullable: true,
    description: `Different learners who watched something, began or completed a lesson on this day; ${UNKNOWN}`,
  })
  active: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Seconds of media that were credited on this day, with repetitions; ${UNKNOWN}`,
  })
  watch_time_seconds: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Lessons completed on this day, less those of them that were reopened since, on whatever day: never below 0; ${UNKNOWN}`,
  })
  lessons_completed: number | null;

  @Field(() => Int, { description: 'How often a learner completed a course on this day.' })
  courses_completed: number;

  @Field(() => Int, { description: 'Certificates that were issued on this day.' })
  certificates_issued: number;

  @Field(() => Int, {
    nullable: true,
    description: `Different learners who were active on this day or the 6 days before; ${UNKNOWN}`,
  })
  weekly_active: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Different learners who were active on this day or the 29 days before; ${UNKNOWN}`,
  })
  monthly_active: number | null;
}

@ObjectType({ description: 'The figures of a period, to be compared with those of another one.' })
export class PeriodFigures {
  @Field(() => DateScalar, { description: 'Its first day.' })
  from: CalendarDay;

  @Field(() => DateScalar, { description: 'Its last day.' })
  to: CalendarDay;

  @Field(() => Int, {
    description:
      'Learners who began the course in the period; for the platform, each counted once for each course.',
  })
  enrolled: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Different learners who were active in the 30 days that end with the period’s last day, however long the period is; null if it ends before `since`.',
  })
  monthly_active: number | null;

  @Field(() => Int, { description: 'How often a learner completed a course in the period.' })
  courses_completed: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Seconds of media that were credited in the period, with repetitions; null if it begins before `since`.',
  })
  watch_time_seconds: number | null;
}

/** What `whole_days` means in each answer. */
export const WHOLE_DAYS =
  'Both periods without their last day if the period ends today: today is not over, so that a change between `period` and `period_before` would tell of a part of a day. Null for a period of today alone.';

@ObjectType({ description: 'A period and the one before it, day for day of the same length.' })
export class WholeDays {
  @Field(() => PeriodFigures, { description: 'The period as far as its days are over.' })
  period: PeriodFigures;

  @Field(() => PeriodFigures, { description: 'As many days of the period before, its first ones.' })
  period_before: PeriodFigures;
}
