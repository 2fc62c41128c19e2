import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, Matches } from 'class-validator';
import { IsId } from '../../../common/graphql/id.js';
import { BEATS_PER_CALL_MAXIMUM } from '../evidence/limits.js';

/** GraphQL checks the types. A beat whose values are out of bounds is rejected alone (`isWellFormed`). */
@InputType({ description: 'A stretch of media that a player played.' })
export class BeatInput {
  @Field(() => Int, {
    description: 'Number of the beat in its session: it is counted once, for ever.',
  })
  seq: number;

  @Field(() => Int, { description: 'First second played, from the start of the lesson.' })
  from: number;

  @Field(() => Int, {
    description:
      'Second after the last one played; equal to `from` for a player that stands still.',
  })
  to: number;

  @Field(() => Float, { defaultValue: 1, description: 'Playback rate; 1 is normal speed.' })
  rate: number;

  @Field(() => Date, { description: 'When the stretch ended, by the player’s clock.' })
  at: Date;
}

@InputType({ description: 'What a player played since it last told.' })
export class RecordWatchInput {
  @IsId()
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @IsId()
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @IsId()
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Matches(/^[A-Za-z0-9_-]{1,64}$/)
  @Field(() => String, {
    description: 'The player’s session: 1 to 64 letters, digits, hyphens or underscores.',
  })
  sessionId: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(BEATS_PER_CALL_MAXIMUM)
  @Field(() => [BeatInput], {
    description: 'Up to 500 beats, in any order; sending one again is harmless.',
  })
  beats: BeatInput[];
}
