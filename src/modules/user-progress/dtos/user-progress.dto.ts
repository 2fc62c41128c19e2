import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { WatchedRange } from '../../../common/graphql/watched-range.dto.js';
import { turns } from '../../../common/graphql/turns.js';
import { coveragePercentage } from '../changes/coverage.js';
import { parseMultirange } from '../evidence/ranges.js';
import { presentPosition } from '../present-position.js';
import type { ProgressRecord } from '../progress-record.js';

/** A record has up to 400 stretches. A page of a hundred records may show them, and no request many more. */
export const WATCHED_COST = 6;

/** Reads its record lazily: a field that nobody asked for costs nothing. */
@ObjectType({ description: 'What one learner did in one lesson.' })
export class UserProgress {
  constructor(private readonly record: ProgressRecord) {}

  @Field(() => ID, { description: 'Id of this record (UUID).' })
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { description: 'The learner.' })
  get userId(): string {
    return this.record.userId;
  }

  @Field(() => String, { description: 'The lesson.' })
  get lessonId(): string {
    return this.record.lessonId;
  }

  @Field(() => String, { description: 'The course that the lesson belongs to.' })
  get courseId(): string {
    return this.record.courseId;
  }

  @Field(() => Boolean, { description: 'Whether the lesson is completed now.' })
  get completed(): boolean {
    return this.record.completed;
  }

  @Field(() => Date, {
    nullable: true,
    description:
      'When the lesson was completed: by watching, when enough of it was seen, also offline; null while it is not completed.',
  })
  get completed_at(): Date | null {
    return this.record.completedAt;
  }

  @Field(() => Int, { description: 'Total watch time in seconds, repetitions included.' })
  get watch_time_seconds(): number {
    return this.record.watchTimeSeconds;
  }

  @Field(() => Int, {
    description:
      'Where to resume, in seconds from the start of the lesson: the latest beat by the player’s clock. Never beyond the end that the lesson has now; at the end, begin at 0.',
  })
  get position_seconds(): number {
    return presentPosition(this.record);
  }

  @Field(() => Int, {
    description: 'How many different seconds of the lesson were seen (recordWatch).',
  })
  get unique_seconds(): number {
    return this.record.uniqueSeconds;
  }

  @Field(() => Int, {
    description: 'Seconds seen again after they had been seen before (recordWatch).',
  })
  get rewatched_seconds(): number {
    return this.record.rewatchedSeconds;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the lesson that was seen, 0 to 100; null while its length is not known.',
  })
  get coverage_percentage(): number | null {
    return coveragePercentage(this.record);
  }

  @Field(() => [WatchedRange], {
    complexity: WATCHED_COST,
    description: 'The stretches of the lesson that were seen, in order.',
  })
  get watched(): WatchedRange[] | Promise<WatchedRange[]> {
    const { watched } = this.record;
    return turns.make(watched.length, () =>
      parseMultirange(watched).map(([from, to]) => ({ from, to })),
    );
  }

  @Field(() => Date, { description: 'When the record was created.' })
  get createdAt(): Date {
    return this.record.createdAt;
  }

  @Field(() => Date, { description: 'When the record last changed.' })
  get updatedAt(): Date {
    return this.record.updatedAt;
  }
}
