import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { WatchedRange } from '../../../common/graphql/watched-range.dto.js';
import {
  ExportedClockHour,
  ExportedDay,
  ExportedIdempotencyKey,
  ExportedSession,
} from './exported-evidence.dto.js';

@ObjectType({ description: 'A progress record, as it is kept.' })
export class ExportedRecord {
  @Field(() => ID, { description: 'Id of the record.' })
  id: string;

  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => Boolean, { description: 'Whether the lesson is completed.' })
  completed: boolean;

  @Field(() => Date, { nullable: true, description: 'When it was completed.' })
  completed_at: Date | null;

  @Field(() => Int, { description: 'Total watch time in seconds.' })
  watch_time_seconds: number;

  @Field(() => Int, { description: 'Where to resume, in seconds from the start of the lesson.' })
  position_seconds: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When a beat last told that position, by the player’s clock; null where none did.',
  })
  position_at: Date | null;

  @Field(() => [WatchedRange], { description: 'The stretches that were seen.' })
  watched: WatchedRange[];

  @Field(() => [WatchedRange], { description: 'The stretches that were seen at least twice.' })
  watched_again: WatchedRange[];

  @Field(() => Int, { description: 'How many different seconds of the lesson were seen.' })
  unique_seconds: number;

  @Field(() => Int, { description: 'Seconds seen again.' })
  rewatched_seconds: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was reopened by hand; null where it was not, or was completed since.',
  })
  reopened_at: Date | null;

  @Field(() => [WatchedRange], {
    nullable: true,
    description: 'The stretches that were seen since it was reopened.',
  })
  seen_since: WatchedRange[] | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When an earlier record of the lesson was deleted; what was watched until then does not count.',
  })
  evidence_after: Date | null;

  @Field(() => Date, { description: 'When the record was created.' })
  createdAt: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was deleted; a deleted record is kept.',
  })
  deletedAt: Date | null;
}

@ObjectType({ description: 'A course that the learner has, or had, a record in.' })
export class ExportedCourse {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => Int, { description: 'Lessons with a record.' })
  lessons_started: number;

  @Field(() => Int, { description: 'Completed lessons.' })
  lessons_completed: number;

  @Field(() => Float, { description: 'Total watch time in seconds.' })
  watch_time_seconds: number;

  @Field(() => Date, { nullable: true, description: 'When the course was first completed.' })
  completed_at: Date | null;

  @Field(() => Date, { description: 'When the learner last did something in it.' })
  last_activity_at: Date;
}

@ObjectType({ description: 'A certificate that the learner earned.' })
export class ExportedCertificate {
  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => String, { description: 'REQUESTED, ISSUED or PARKED.' })
  status: string;

  @Field(() => Date, { description: 'When the course was completed.' })
  completed_at: Date;

  @Field(() => Date, { nullable: true, description: 'When the certificate was first asked for.' })
  requested_at: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was issued.' })
  issued_at: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is PARKED, in the certificate service’s words.',
  })
  reason: string | null;
}

/** The entries of each list of an export. */
export interface ExportedEntries {
  records: ExportedRecord;
  courses: ExportedCourse;
  certificates: ExportedCertificate;
  sessions: ExportedSession;
  clock: ExportedClockHour;
  idempotency_keys: ExportedIdempotencyKey;
  days: ExportedDay;
}

export type ExportedLists = { [Name in keyof ExportedEntries]: ExportedEntries[Name][] };

@ObjectType({ description: 'What is kept of a learner: all of it, or a page of it.' })
export class ExportedData implements ExportedLists {
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @Field(() => [ExportedRecord], { description: 'Progress records, oldest first.' })
  records: ExportedRecord[];

  @Field(() => [ExportedCourse], { description: 'Courses.' })
  courses: ExportedCourse[];

  @Field(() => [ExportedCertificate], { description: 'Certificates.' })
  certificates: ExportedCertificate[];

  @Field(() => [ExportedSession], { description: 'Sessions of players.' })
  sessions: ExportedSession[];

  @Field(() => [ExportedClockHour], {
    description: 'Hours in which something was watched, oldest first; old ones are forgotten.',
  })
  clock: ExportedClockHour[];

  @Field(() => [ExportedIdempotencyKey], { description: 'Idempotency keys.' })
  idempotency_keys: ExportedIdempotencyKey[];

  @Field(() => [ExportedDay], { description: 'Days on which something was done, oldest first.' })
  days: ExportedDay[];

  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` for what is missing here; null where nothing is.',
  })
  next: string | null;
}
