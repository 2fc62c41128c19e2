import { Field, ObjectType } from '@nestjs/graphql';
import { DateScalar } from '../../../../common/graphql/date.scalar.js';
import type { CalendarDay } from '../../../../common/calendar-day.js';

/** What `version` means in each answer. */
export const VERSION =
  'Another one whenever figures of the platform may have changed: as long as it is the same, so are they, for the same question.';

/** What all figures have in common: of when they are, and whose days these are. */
@ObjectType({ isAbstract: true })
export abstract class Figures {
  @Field(() => Date, {
    description: 'Everything that was recorded before this moment is in the figures.',
  })
  as_of: Date;

  @Field(() => String, { description: VERSION })
  version: string;

  @Field(() => String, { description: 'The zone of all days, by its IANA name.' })
  time_zone: string;

  @Field(() => DateScalar, {
    description:
      'Activity is known from this day on. Earlier days have enrolments, completed courses and certificates only.',
  })
  since: CalendarDay;
}
