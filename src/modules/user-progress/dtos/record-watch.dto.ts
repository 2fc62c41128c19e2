import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { UserProgress } from './user-progress.dto.js';

export enum BeatResultCode {
  COUNTED = 'COUNTED',
  DUPLICATE = 'DUPLICATE',
  CLIPPED = 'CLIPPED',
  REJECTED = 'REJECTED',
}

registerEnumType(BeatResultCode, {
  name: 'BeatResult',
  description: 'What became of a beat.',
  valuesMap: {
    COUNTED: { description: 'Credited in full.' },
    DUPLICATE: { description: 'This number of this session was counted before.' },
    CLIPPED: { description: 'Credited in part: as far as it is plausible.' },
    REJECTED: { description: 'Not credited; it may be sent again.' },
  },
});

@ObjectType('BeatOutcome', { description: 'What became of one beat.' })
export class BeatOutcomeDto {
  @Field(() => Int, { description: 'The beat’s number in its session.' })
  seq: number;

  @Field(() => BeatResultCode, { description: 'What became of it.' })
  result: `${BeatResultCode}`;

  @Field(() => Int, { description: 'Seconds added to the watch time.' })
  creditedSeconds: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was not credited in full: MALFORMED, ALREADY_COUNTED, SESSION_REUSED, IN_THE_FUTURE, TOO_OLD, BEFORE_DELETION, BEYOND_THE_END, FASTER_THAN_ALLOWED, CLOCK_ALREADY_CREDITED, SESSION_TOO_FRAGMENTED, LESSON_TOO_FRAGMENTED or WATCH_TIME_FULL.',
  })
  reason: string | null;
}

@ObjectType({ description: 'The record after its beats, and what became of each.' })
export class RecordWatchResponse extends Answer {
  @Field(() => UserProgress, {
    description:
      'The record as it now is. Where there is none, because no beat counted: one in which nothing was seen, which is not stored, so that its id names nothing.',
  })
  data: UserProgress;

  @Field(() => [BeatOutcomeDto], {
    description: 'One entry a beat, in the order in which they were sent.',
  })
  beats: BeatOutcomeDto[];

  @Field(() => Date, {
    description:
      'The time with which the beats were compared. A player learns from it how far the device’s clock is off.',
  })
  serverTime: Date;
}
