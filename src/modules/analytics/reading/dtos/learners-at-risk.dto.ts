import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';
import { PageInfo } from '../../../../common/graphql/page-info.dto.js';
import { VERSION } from './figures.dto.js';

@ObjectType({ description: 'The lesson in which a learner was last active.' })
export class LastLesson {
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { nullable: true, description: 'Its title, where it is known.' })
  title: string | null;
}

@ObjectType({ description: 'A learner who has not been active in a course for some time.' })
export class LearnerAtRisk {
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @Field(() => DateScalar, { description: 'The latest day with activity in the course.' })
  last_active_on: CalendarDay;

  @Field(() => LastLesson, {
    nullable: true,
    description: 'The lesson of that activity; null where none is known.',
  })
  last_lesson: LastLesson | null;

  @Field(() => Int, { description: 'How many lessons of the course the learner completed.' })
  completed_lessons: number;

  @Field(() => Int, { description: 'How many lessons the course has.' })
  total_lessons: number;
}

@ObjectType({ description: 'A learner and the cursor behind them.' })
export class LearnerAtRiskEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this learner.' })
  cursor: string;

  @Field(() => LearnerAtRisk, { description: 'The learner.' })
  node: LearnerAtRisk;
}

@ObjectType({
  description:
    'Learners at risk, those who were active latest first, to be walked by cursor (Relay).',
})
export class LearnerAtRiskConnection extends Answer {
  @Field(() => [LearnerAtRiskEdge], { description: 'The learners of this page.' })
  edges: LearnerAtRiskEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'How many learners these are, over all pages.' })
  total_learners: number;

  @Field(() => Date, {
    description: 'Everything that was recorded before this moment is in the list.',
  })
  as_of: Date;

  @Field(() => String, { description: VERSION })
  version: string;

  @Field(() => String, { description: 'The zone of all days, by its IANA name.' })
  time_zone: string;
}
