import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { ExportedData } from './exported-data.dto.js';

@ObjectType({ description: 'What was deleted.' })
export class ErasedData {
  @Field(() => Int, { description: 'Progress records.' })
  deleted_records: number;

  @Field(() => Int, { description: 'Courses that the learner had records in.' })
  deleted_courses: number;

  @Field(() => Int, { description: 'Certificates: what this service knew of them.' })
  deleted_certificates: number;
}

@ObjectType({ description: 'An erasure.' })
export class EraseUserResponse extends Answer {
  @Field(() => ErasedData, { description: 'What was deleted.' })
  data: ErasedData;
}

@ObjectType({ description: 'An export.' })
export class ExportUserDataResponse extends Answer {
  @Field(() => ExportedData, { description: 'What is kept of the learner.' })
  data: ExportedData;
}
