import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';
import { LEARNER_DAYS_COST } from './costs.js';
import { Figures } from './figures.dto.js';

@ObjectType({ description: 'A day on which a learner was active.' })
export class ActiveDay {
  @Field(() => DateScalar, { description: 'The day.' })
  day: CalendarDay;

  @Field(() => Float, {
    description: 'Seconds of media that were credited, with repetitions, over all courses.',
  })
  seconds: number;

  @Field(() => Int, {
    description:
      'Lessons completed on this day, less those of them that were reopened since, on whatever day: never below 0.',
  })
  lessons_completed: number;
}

@ObjectType({ description: 'When a learner was active.' })
export class LearningActivity extends Figures {
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @Field(() => Int, {
    description:
      'Consecutive days with activity that end today or yesterday; 0 if there was none on either.',
  })
  current_streak: number;

  @Field(() => Int, {
    description:
      'The most consecutive days with activity, of the days that are kept (`ANALYTICS_DAYS_KEPT`).',
  })
  longest_streak: number;

  @Field(() => Int, { description: 'How many days of the period have activity.' })
  active_days: number;

  @Field(() => [ActiveDay], {
    complexity: LEARNER_DAYS_COST,
    description: 'These days, in order.',
  })
  days: ActiveDay[];
}

@ObjectType({ description: 'A learner’s activity.' })
export class LearningActivityResponse extends Answer {
  @Field(() => LearningActivity, { description: 'The activity.' })
  data: LearningActivity;
}
