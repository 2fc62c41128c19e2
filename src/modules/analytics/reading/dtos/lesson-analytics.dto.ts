import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../../common/graphql/answer.dto.js';
import { Figures } from './figures.dto.js';
import { LessonFigures } from './lesson-figures.dto.js';

@ObjectType({ description: 'A stretch of a lesson that is replayed more than the rest.' })
export class Hotspot {
  @Field(() => Int, { description: 'Its first second.' })
  from: number;

  @Field(() => Int, { description: 'The second after its last one.' })
  to: number;

  @Field(() => Float, {
    description: 'Of those who saw it, how many saw it at least twice, in percent, 0 to 100.',
  })
  share: number;
}

@ObjectType({ description: 'A moment at which many learners stop watching a lesson.' })
export class LeavePoint {
  @Field(() => Int, { description: 'The second before which most of them stopped.' })
  at: number;

  @Field(() => Int, { description: 'The first of the five seconds.' })
  from: number;

  @Field(() => Int, { description: 'The second after the last one.' })
  to: number;

  @Field(() => Int, {
    description: 'How many learners fewer saw the second `to` than the second `from`.',
  })
  lost: number;
}

@ObjectType({ description: 'How a lesson is watched, second by second.' })
export class LessonAnalytics extends Figures {
  @Field(() => LessonFigures, { description: 'The figures of the lesson as a whole.' })
  lesson: LessonFigures;

  @Field(() => Int, { description: 'Learners with a record in the lesson.' })
  learners: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Its present length in seconds, at which the curve ends, where it is known.',
  })
  duration_seconds: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the curve is not shown because it has fewer learners than `ANALYTICS_MIN_GROUP`. The lists below are empty then.',
  })
  withheld: boolean;

  @Field(() => Int, {
    description:
      'How many seconds of the lesson a point stands for; the last point may have fewer.',
  })
  seconds_per_point: number;

  @Field(() => [Float], {
    description:
      'Retention, from the beginning: how many of its learners ever saw these seconds, in percent, 0 to 100; the mean of a point’s seconds.',
  })
  seen: number[];

  @Field(() => [Float], {
    nullable: 'items',
    description:
      'The same points: of those who saw these seconds, how many saw them at least twice, in percent, 0 to 100; null where nobody saw them.',
  })
  replayed: (number | null)[];

  @Field(() => [Hotspot], {
    description:
      'Up to three stretches of 3 s or more that are replayed most, by `share`: at least 5 percentage points, and two median deviations, more than the median second.',
  })
  hotspots: Hotspot[];

  @Field(() => [LeavePoint], {
    description:
      'Up to three largest falls of retention within 5 s, by `lost`: of at least 5 percentage points, before the last 5 % of the lesson.',
  })
  leave_points: LeavePoint[];
}

@ObjectType({ description: 'How a lesson is watched.' })
export class LessonAnalyticsResponse extends Answer {
  @Field(() => LessonAnalytics, { description: 'The figures.' })
  data: LessonAnalytics;
}
