import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional } from 'class-validator';
import { IsId } from '../../../common/graphql/id.js';

export enum CertificateStateInput {
  REQUESTED = 'REQUESTED',
  ISSUED = 'ISSUED',
  PARKED = 'PARKED',
}

registerEnumType(CertificateStateInput, {
  name: 'CertificateState',
  description: 'How far a certificate that was earned is.',
  valuesMap: {
    REQUESTED: { description: 'The certificate service is asked until it answers.' },
    ISSUED: { description: 'The certificate service has issued it.' },
    PARKED: { description: 'The certificate service refused it for good.' },
  },
});

@InputType({ description: 'Which certificates are meant: those for which everything given holds.' })
export class CertificateFilterInput {
  @IsOptional()
  @IsId()
  @Field(() => String, { nullable: true, description: 'Of this learner.' })
  userId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => String, { nullable: true, description: 'For this course.' })
  courseId?: string | null;

  @IsOptional()
  @IsEnum(CertificateStateInput)
  @Field(() => CertificateStateInput, { nullable: true, description: 'As far as this.' })
  status?: `${CertificateStateInput}` | null;
}
