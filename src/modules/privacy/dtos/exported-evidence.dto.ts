import { Field, Float, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A stretch of a session’s numbers.' })
export class CountedBeats {
  @Field(() => Int, { description: 'First number.' })
  from: number;

  @Field(() => Int, { description: 'Number after the last one.' })
  to: number;
}

@ObjectType({ description: 'One run of a player, and which of its beats were counted.' })
export class ExportedSession {
  @Field(() => String, { description: 'The session, as the player calls it.' })
  sessionId: string;

  @Field(() => [CountedBeats], { description: 'Which numbers were counted.' })
  counted: CountedBeats[];

  @Field(() => Int, {
    nullable: true,
    description: 'The highest of these numbers; null where it was not noted.',
  })
  latest_seq: number | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'The latest time of a counted beat, by the player’s clock; null where it was not noted.',
  })
  latest_at: Date | null;

  @Field(() => Date, { description: 'When it last sent something.' })
  last_seen_at: Date;
}

@ObjectType({ description: 'Seconds of an hour in which something was watched.' })
export class CreditedSeconds {
  @Field(() => Int, { description: 'First second, from the start of the hour.' })
  from: number;

  @Field(() => Int, { description: 'Second after the last one, from the start of the hour.' })
  to: number;

  @Field(() => Float, { description: 'Playback rate.' })
  rate: number;
}

@ObjectType({
  description: 'An hour of the learner’s own time, and when in it something was watched.',
})
export class ExportedClockHour {
  @Field(() => Date, { description: 'When the hour began.' })
  hour: Date;

  @Field(() => [CreditedSeconds], { description: 'The seconds in which something was watched.' })
  credited: CreditedSeconds[];

  @Field(() => Int, { description: 'Seconds that were credited beyond the clock.' })
  slack_used_seconds: number;
}

@ObjectType({ description: 'An addition of watch time under a key; it is kept for a day.' })
export class ExportedIdempotencyKey {
  @Field(() => String, { description: 'The key.' })
  key: string;

  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => Int, { description: 'The seconds that were added.' })
  seconds: number;

  @Field(() => Date, { description: 'When they were added.' })
  createdAt: Date;
}

@ObjectType({ description: 'What was done in a course on one day; old days are forgotten.' })
export class ExportedDay {
  @Field(() => String, { description: 'The day, YYYY-MM-DD, in the time zone of analytics.' })
  day: string;

  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => Float, { description: 'Seconds of media that were credited.' })
  seconds: number;

  @Field(() => Int, { description: 'Lessons completed on that day, and not reopened since.' })
  lessons_completed: number;

  @Field(() => Date, {
    nullable: true,
    description: 'The latest activity of the day; null where there was none.',
  })
  last_at: Date | null;

  @Field(() => String, { nullable: true, description: 'The lesson of that activity.' })
  last_lesson_id: string | null;
}
