import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum CertificateStatusCode {
  NOT_EARNED = 'NOT_EARNED',
  REQUESTED = 'REQUESTED',
  ISSUED = 'ISSUED',
  PARKED = 'PARKED',
}

registerEnumType(CertificateStatusCode, {
  name: 'CertificateStatusCode',
  description: 'How far a certificate is.',
  valuesMap: {
    NOT_EARNED: { description: 'The course is not complete: nobody asked for a certificate.' },
    REQUESTED: { description: 'Earned; the certificate service is asked until it answers.' },
    ISSUED: { description: 'The certificate service has issued it.' },
    PARKED: {
      description:
        'The certificate service refused it for good, or an administrator parked it, who may replay it.',
    },
  },
});

export enum CertificateCheckTrust {
  TRUSTED = 'TRUSTED',
  UNTRUSTED = 'UNTRUSTED',
  UNKNOWN = 'UNKNOWN',
}

registerEnumType(CertificateCheckTrust, {
  name: 'CertificateCheckTrust',
  description: 'Whether the certificate service is believed that a certificate exists.',
  valuesMap: {
    TRUSTED: { description: 'It says of a made-up pair that it has none, and is believed.' },
    UNTRUSTED: {
      description: 'It says that everybody has one: only a successful creation counts as issued.',
    },
    UNKNOWN: { description: 'It could not be asked; nothing is requested until it can be.' },
  },
});

@ObjectType({ description: 'A learner’s certificate for a course.' })
export class Certificate {
  @Field(() => String, { description: 'The learner.' })
  userId: string;

  @Field(() => String, { description: 'The course.' })
  courseId: string;

  @Field(() => CertificateStatusCode, { description: 'How far it is.' })
  status: `${CertificateStatusCode}`;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was earned, which never changes; null while it is not.',
  })
  completed_at: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the certificate service was first asked; null before.',
  })
  requested_at: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was issued; null before.' })
  issued_at: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is PARKED, or still REQUESTED, in the certificate service’s words; why it is NOT_EARNED: LESSONS_MISSING, LESSONS_NOT_LISTED (some are missing, but the course service tells only how many there are), COURSE_HAS_NO_LESSONS, STRUCTURE_UNKNOWN (the course service has not told it yet) or BEING_EVALUATED (nothing is missing any more: it will be requested, if need be when the course service has confirmed the course’s lessons).',
  })
  reason: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How often it was requested, an attempt under way included, counted anew by a replay; null where it is issued, or not earned.',
  })
  attempts: number | null;
}

@ObjectType({ description: 'A lesson that stands between a learner and the certificate.' })
export class CertificateBlocker {
  @Field(() => String, { description: 'The lesson.' })
  lessonId: string;

  @Field(() => String, { nullable: true, description: 'Title of the lesson, where it is known.' })
  title: string | null;

  @Field(() => Boolean, { description: 'Whether the lesson is completed; a blocker is not.' })
  completed: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the lesson that was seen, 0 to 100; null while its length is not known.',
  })
  coverage_percentage: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds that are still to be seen until the lesson completes by itself; null where it never does, or its length is not known.',
  })
  missing_seconds: number | null;
}

@ObjectType({ description: 'A learner’s certificate for a course, or what is missing for it.' })
export class CertificateStatus extends Certificate {
  @Field(() => Int, { description: 'How many lessons are missing; 0 unless NOT_EARNED.' })
  missing_lessons: number;

  @Field(() => [CertificateBlocker], {
    description: 'The missing lessons, in the order of the course: the first 100 of them.',
  })
  blockers: CertificateBlocker[];
}
